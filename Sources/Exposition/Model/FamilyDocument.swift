internal import FoundationEssentials

/// Families as a JSON document: what `gatewarden metrics encode` reads.
///
/// A family has either `samples`, each with its full name as it stands in OpenMetrics, or `series`, each with what its
/// type needs: `value`; `buckets` (cumulative), `sum` and `count`; `quantiles`, `sum` and `count`; `states`. Numbers may be
/// strings.
struct FamilyDocument: Decodable {
    var families: [Family]

    /// Reads a document.
    ///
    /// - Throws: `ExpositionError` that names the place in the document.
    static func families(of json: [UInt8]) throws(ExpositionError) -> [ExposedFamily] {
        do {
            let document = try JSONDecoder().decode(FamilyDocument.self, from: Data(json))
            return try document.families.map { try $0.exposed() }
        } catch let error as ExpositionError {
            throw error
        } catch let error as DecodingError {
            throw ExpositionError(.invalidDocument, error.place)
        } catch {
            throw ExpositionError(.invalidDocument, "The document is not JSON: \(error)")
        }
    }

    struct Family: Decodable {
        var name: String
        var type: String?
        var help: String?
        var unit: String?
        var samples: [Sample]?
        var series: [Series]?

        func exposed() throws(ExpositionError) -> ExposedFamily {
            guard !name.isEmpty else { throw ExpositionError(.invalidDocument, "A family has no name; give it one.") }
            let type = try exposedType()
            var family = ExposedFamily(name: stem(of: type), type: type, help: help ?? "", unit: unit ?? "")
            for sample in samples ?? [] { try family.samples.append(sample.exposed(in: family)) }
            for series in series ?? [] { try family.samples.append(contentsOf: series.exposed(in: family)) }
            return family
        }

        private func exposedType() throws(ExpositionError) -> ExpositionType {
            guard let type, type != "untyped" else { return .unknown }
            guard let known = ExpositionType(rawValue: type) else {
                let types = ExpositionType.allCases.map(\.rawValue).joined(separator: ", ")
                throw ExpositionError(.invalidDocument, "\(name) has the type \"\(type)\"; use one of \(types).")
            }
            return known
        }

        /// The name without the suffix that OpenMetrics keeps out of it and the text format does not.
        private func stem(of type: ExpositionType) -> String {
            let suffix: SampleSuffix
            switch type {
            case .counter: suffix = .total
            case .info: suffix = .info
            case .gauge, .gaugeHistogram, .histogram, .stateSet, .summary, .unknown: return name
            }
            let isFullName = samples.map { $0.allSatisfy { !$0.name.hasPrefix(name + suffix.rawValue) } } ?? true
            return isFullName && name.hasSuffix(suffix.rawValue) ? String(name.dropLast(suffix.rawValue.count)) : name
        }
    }

    struct Sample: Decodable {
        var name: String
        var labels: [String: String]?
        var value: DocumentNumber
        var timestamp: DocumentNumber?
        var exemplar: Exemplar?

        func exposed(in family: ExposedFamily) throws(ExpositionError) -> ExposedSample {
            let suffix = family.type.suffixes.first { family.name + $0.rawValue == name }
            guard let suffix else {
                throw ExpositionError(
                    .invalidDocument,
                    "\(name) is no sample of the \(family.type.rawValue) \(family.name); its samples end in "
                        + "\(family.type.suffixes.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")).")
            }
            return ExposedSample(
                suffix: suffix.rawValue, labels: labels ?? [:], value: value.value, timestamp: timestamp?.value,
                exemplar: exemplar?.exposed)
        }
    }

    struct Exemplar: Decodable {
        var labels: [String: String]?
        var value: DocumentNumber
        var timestamp: DocumentNumber?

        var exposed: ExposedExemplar {
            ExposedExemplar(labels: labels ?? [:], value: value.value, timestamp: timestamp?.value)
        }
    }
}

extension DecodingError {
    /// The place in the document and what is wrong there.
    fileprivate var place: String {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            "\(Self.text(of: context.codingPath)): \(context.debugDescription)"
        case .keyNotFound(let key, let context):
            "\(Self.text(of: context.codingPath)): \"\(key.stringValue)\" is missing"
        @unknown default: "The document cannot be read."
        }
    }

    private static func text(of path: [any CodingKey]) -> String {
        let text = path.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return text.isEmpty ? "document" : text
    }
}
