extension FamilyDocument {
    /// One series of a family, with the members that its type needs.
    struct Series: Decodable {
        var labels: [String: String]?
        var value: DocumentNumber?
        var buckets: Points?
        var quantiles: Points?
        var states: [String: State]?
        var sum: DocumentNumber?
        var count: DocumentNumber?
        var created: DocumentNumber?
        var timestamp: DocumentNumber?
        var exemplar: Exemplar?

        /// The samples of the series, in the order of the specification.
        func exposed(in family: ExposedFamily) throws(ExpositionError) -> [ExposedSample] {
            var samples: [ExposedSample] = []
            switch family.type {
            case .counter: samples.append(try single(.total, in: family))
            case .gauge, .unknown: samples.append(try single(.none, in: family))
            case .info: samples.append(sample(.info, value?.value ?? 1))
            case .stateSet: samples += try stateSamples(in: family)
            case .summary: samples += numbered(.none, label: "quantile", quantiles) + totals(.count, .sum, count?.value)
            case .histogram: samples += try histogram(.count, .sum, in: family)
            case .gaugeHistogram: samples += try histogram(.gaugeCount, .gaugeSum, in: family)
            }
            if let created, family.type.suffixes.contains(.created) { samples.append(sample(.created, created.value)) }
            return samples
        }

        private func single(_ suffix: SampleSuffix, in family: ExposedFamily) throws(ExpositionError) -> ExposedSample {
            guard let value else { throw missing("value", in: family) }
            var sample = sample(suffix, value.value)
            sample.exemplar = exemplar?.exposed
            return sample
        }

        private func stateSamples(in family: ExposedFamily) throws(ExpositionError) -> [ExposedSample] {
            guard let states else { return [try single(.none, in: family)] }
            return states.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, state in
                sample(.none, state.value, [family.name: name])
            }
        }

        private func histogram(
            _ countSuffix: SampleSuffix, _ sumSuffix: SampleSuffix, in family: ExposedFamily
        ) throws(ExpositionError) -> [ExposedSample] {
            guard var points = buckets?.points else { throw missing("buckets", in: family) }
            points.sort { $0.limit < $1.limit }
            if let count, points.last?.limit != .infinity { points.append(Point(limit: .infinity, value: count.value)) }
            let total = sum == nil ? count?.value : count?.value ?? points.last?.value
            return numbered(.bucket, label: "le", Points(points: points)) + totals(countSuffix, sumSuffix, total)
        }

        private func totals(_ count: SampleSuffix, _ sum: SampleSuffix, _ total: Double?) -> [ExposedSample] {
            [total.map { sample(count, $0) }, self.sum.map { sample(sum, $0.value) }].compactMap { $0 }
        }

        private func numbered(_ suffix: SampleSuffix, label: String, _ points: Points?) -> [ExposedSample] {
            (points?.points ?? []).sorted { $0.limit < $1.limit }.map { point in
                var sample = sample(suffix, point.value, [label: "\(point.limit)"])
                sample.exemplar = point.exemplar
                return sample
            }
        }

        private func sample(_ suffix: SampleSuffix, _ value: Double, _ own: [String: String] = [:]) -> ExposedSample {
            ExposedSample(
                suffix: suffix.rawValue, labels: (labels ?? [:]).merging(own) { $1 }, value: value,
                timestamp: timestamp?.value)
        }

        private func missing(_ member: String, in family: ExposedFamily) -> ExpositionError {
            ExpositionError(
                .invalidDocument,
                "A series of the \(family.type.rawValue) \(family.name) has no \"\(member)\"; give one.")
        }
    }

    /// A state that is on or off, as `true` or 1.
    struct State: Decodable {
        let value: Double

        init(from decoder: any Decoder) throws {
            // Not a boolean: it may be a number.
            if let isOn = try? decoder.singleValueContainer().decode(Bool.self) {
                value = isOn ? 1 : 0
            } else {
                value = try DocumentNumber(from: decoder).value
            }
        }
    }

    /// A bucket or a quantile.
    struct Point {
        var limit: Double
        var value: Double
        var exemplar: ExposedExemplar?
    }

    /// Buckets or quantiles: `{"0.5": 3}`, `[[0.5, 3]]`, or `[{"le": 0.5, "count": 3, "exemplar": {...}}]`.
    struct Points: Decodable {
        var points: [Point]

        init(points: [Point]) {
            self.points = points
        }

        init(from decoder: any Decoder) throws {
            guard var list = try? decoder.unkeyedContainer() else {  // Not a list: it must be an object.
                let container = try decoder.container(keyedBy: Key.self)
                points = try container.allKeys.map { key in
                    Point(
                        limit: try key.number(in: container),
                        value: try container.decode(DocumentNumber.self, forKey: key).value)
                }
                return
            }
            points = []
            while !list.isAtEnd { points.append(try list.decode(ListedPoint.self).point) }
        }
    }

    /// A bucket or quantile in a list.
    private struct ListedPoint: Decodable {
        var point: Point

        init(from decoder: any Decoder) throws {
            if var pair = try? decoder.unkeyedContainer() {  // Not a pair: it must be an object.
                let limit = try pair.decode(DocumentNumber.self).value
                point = Point(limit: limit, value: try pair.decode(DocumentNumber.self).value)
                return
            }
            let object = try Object(from: decoder)
            guard let limit = object.le ?? object.quantile, let value = object.count ?? object.value else {
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(
                        codingPath: decoder.codingPath,
                        debugDescription: "needs \"le\" and \"count\", or \"quantile\" and \"value\""))
            }
            point = Point(limit: limit.value, value: value.value, exemplar: object.exemplar?.exposed)
        }

        private struct Object: Decodable {
            var le: DocumentNumber?
            var quantile: DocumentNumber?
            var count: DocumentNumber?
            var value: DocumentNumber?
            var exemplar: Exemplar?
        }
    }

    /// A member's name that is a number.
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) { nil }

        func number(in container: KeyedDecodingContainer<Key>) throws -> Double {
            guard let number = DecimalNumber.value(ofText: stringValue) else {
                throw DecodingError.dataCorruptedError(
                    forKey: self, in: container, debugDescription: "the name is not a number")
            }
            return number
        }
    }
}
