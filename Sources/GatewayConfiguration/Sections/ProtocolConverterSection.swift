/// A device with the flows from it and to it.
public struct ProtocolConverterSection: Sendable, Equatable {
    /// The name of the child that watches the device.
    public static let connectionName = "connection"
    /// The name of the flow from the device.
    public static let readName = "dfc_read"
    /// The name of the flow to the device.
    public static let writeName = "dfc_write"

    /// Where the converter stands in the tree, and when it is to run.
    ///
    /// What its parts need from the top level is among its dependencies.
    public let place: ChildPlace
    /// Where the device stands, composed with the location of what is above it.
    public let location: LocationSection
    /// The connection to the device.
    public let connection: ConnectionSection
    /// The flow from the device, if there is one; there is at least one of the two flows.
    public let read: FlowSection?
    /// The flow to the device, if there is one.
    public let write: FlowSection?

    /// Reads validated parts; nil only where validation has reported that the connection is missing or wrong.
    ///
    /// - Parameters:
    ///   - converter: The parts.
    ///   - place: Where the converter stands in the tree.
    ///   - location: Where its parent stands.
    ///   - siblings: Gives the siblings that the dependencies of a part have been resolved to, by its key.
    ///   - folder: Where relative paths start from.
    init?(
        _ converter: ConverterSubject,
        place: ChildPlace,
        location: LocationSection,
        siblings: (String) -> [String],
        folder: ConfigurationFolder
    ) {
        func partPlace(_ part: ChildSubject, _ name: String) -> ChildPlace {
            ChildPlace(part.object, path: place.path + [name], dependsOn: siblings(part.key))
        }
        let connection = converter.connection.flatMap {
            ConnectionSection($0.object, place: partPlace($0, Self.connectionName))
        }
        guard let connection else { return nil }
        self.place = place
        self.connection = connection
        self.location =
            LocationSection(converter.own.object[ProtocolConverterSchema.location]).placed(in: location)
        read = converter.read.flatMap {
            FlowSection($0, place: partPlace($0, Self.readName), folder: folder)
        }
        write = converter.write.flatMap {
            FlowSection($0, place: partPlace($0, Self.writeName), folder: folder)
        }
    }
}
