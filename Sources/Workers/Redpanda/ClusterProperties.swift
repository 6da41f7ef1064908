import FoundationEssentials

/// The properties of the cluster, which a broker takes while it runs.
struct ClusterProperties: Sendable {
    /// How long one answer may take.
    private static let timeout = Duration.seconds(5)

    private static let path = "/v1/cluster_config"

    let admin: LocalEndpoint

    /// Sets properties, and reads them back.
    ///
    /// - Parameter properties: the properties by name.
    /// - Throws: ``WorkerError`` that names what the broker did not take; `EndpointError` when it does not answer.
    func set(_ properties: [String: BrokerProperty]) async throws {
        let answer = try await admin.put(Self.path, json: Change(upsert: properties), within: Self.timeout)
        guard answer.status == 200 else {
            let reason = String(decoding: answer.body, as: UTF8.self).cut(toBytes: AnswerError.reasonLimit)
            throw WorkerError("the broker refuses the properties of the cluster (status \(answer.status)): \(reason)")
        }
        let found = try await admin.get(Self.path, within: Self.timeout).decoded(
            as: [String: Found].self, keys: .useDefaultKeys)
        let different = properties.filter { found[$0.key]?.means($0.value) != true }.keys.sorted()
        guard different.isEmpty else {
            throw WorkerError("the broker did not take the cluster properties \(different.joined(separator: ", "))")
        }
    }

    private struct Change: Encodable {
        let upsert: [String: BrokerProperty]
        let remove: [String] = []
    }

    /// A value as the broker has it, which may be of a type that no property can be set to.
    private struct Found: Decodable {
        let property: BrokerProperty?

        init(from decoder: any Decoder) throws {
            property = try? BrokerProperty(from: decoder)
        }

        /// Whether the broker means the same, perhaps in another type: it shows many numbers as text.
        func means(_ wanted: BrokerProperty) -> Bool {
            property?.text == wanted.text
        }
    }
}
