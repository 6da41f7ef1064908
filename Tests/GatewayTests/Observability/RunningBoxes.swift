import Glibc
import OperatorHTTP
import ProcessControl
import StandinsTesting
import SystemPackage
import Testing

/// The gateways of the troubled boxes while they run.
struct RunningBoxes {
    typealias Name = TroubledBoxes.Name

    private let boxes: TroubledBoxes
    private let disk: SmallDisk?
    private var gateways: [Name: RunningGateway] = [:]
    private var bases: [Name: String] = [:]

    /// Starts all boxes.
    ///
    /// - Parameters:
    ///   - boxes: the boxes.
    ///   - disk: holds the store of the broken box; nil where this user may not mount one.
    /// - Returns: the boxes, each of which answers.
    /// - Throws: where one does not start; the others end then.
    static func start(_ boxes: TroubledBoxes, _ disk: SmallDisk?) async throws -> RunningBoxes {
        var running = RunningBoxes(boxes: boxes, disk: disk)
        do {
            try boxes.damageStore(.plant)
            try await boxes.makeCertificate(.secured)
            for name in Name.allCases { try await running.start(name) }
        } catch {
            await running.stop()
            throw error
        }
        return running
    }

    private init(boxes: TroubledBoxes, disk: SmallDisk?) {
        self.boxes = boxes
        self.disk = disk
    }

    /// All boxes as Prometheus reads targets from a file.
    var targets: String {
        let groups = Name.allCases.map { name in
            let scheme = name == .secured ? "https" : "http"
            return #"{"targets": ["\#(instance(name) ?? "")"], "labels": {"__scheme__": "\#(scheme)"}}"#
        }
        return "[\(groups.joined(separator: ", "))]"
    }

    /// The label `instance` of a box: host and port.
    func instance(_ name: Name) -> String? { bases[name].map { String($0.dropFirst("http://".count)) } }

    /// Brings about what does not come by itself, once all boxes are scraped.
    func provoke(_ prometheus: RunningPrometheus) async throws {
        try boxes.breakConfiguration(.plant)
        try signal(SIGHUP, .plant)
        disk?.fill()
        try await takeDescriptors(.blind)
        try await poll(for: "scrape of all boxes", diagnosis: { prometheus.lastLines }) {
            try await prometheus.query("up == 1").count == Name.allCases.count ? () : nil
        }
        // What has failed before the first scrape is no increase.
        _ = try await gateways[.secured]?.control.resetCircuit(nil)
    }

    /// Stops the paused box until it was not answering for several scrapes, and meanwhile does something.
    func pause(_ prometheus: RunningPrometheus, _ meanwhile: () async throws -> Void) async throws {
        try signal(SIGSTOP, .paused)
        try await meanwhile()
        let silence = "max_over_time(up{instance=\"\(instance(.paused) ?? "")\"}[5s]) == 0"
        try await poll(for: "silence of the paused box", diagnosis: { prometheus.lastLines }) {
            try await prometheus.query(silence).isEmpty ? nil : ()
        }
        try signal(SIGCONT, .paused)
    }

    /// Fetches the page of a runbook from a box; nil where it does not answer with one.
    func runbook(_ alert: String, from instance: String) async throws -> String? {
        guard instance == self.instance(.secured) else {
            let page = try await fetch("http://\(instance)/runbooks/\(alert)")
            return page.status == 200 ? page.body : nil
        }
        let trust = ["--cacert", boxes.authority, "--fail"]
        let page = try await Curl.get(instance, "/runbooks/\(alert)", trust)
        return page.code == 0 ? page.text : nil
    }

    /// Stops all boxes and waits for their ends.
    func stop() async {
        await withTaskGroup(of: Void.self) { group in
            for (name, gateway) in gateways {
                group.addTask {
                    let status = await gateway.stop()
                    #expect(status == .exited(code: 0), "\(name)")
                }
            }
        }
    }

    private mutating func start(_ name: Name) async throws {
        let gateway = try await boxes.start(name, data: name == .broken ? disk?.path : nil)
        gateways[name] = gateway
        bases[name] = name == .blind ? "http://\(boxes.blindAddress)" : try await gateway.waitForAddress()
    }

    private func signal(_ signal: Int32, _ name: Name) throws {
        let gateway = try #require(gateways[name])
        #expect(kill(gateway.process.pid, signal) == 0)
    }

    /// Lowers the limit of a gateway's descriptors to little more than it has, once all of its children run.
    private func takeDescriptors(_ name: Name) async throws {
        let (gateway, base) = (try #require(gateways[name]), try #require(bases[name]))
        let open = try await poll(for: "children of the box \(name)") { () -> Double? in
            // Before the gateway listens there is nobody to answer.
            guard let samples = try? await fetch(base + "/metrics").body.split(separator: "\n") else { return nil }
            let running = samples.filter { $0.hasPrefix("gatewarden_child_up{") && $0.hasSuffix(" 1") }
            return running.count == TroubledBoxes.blindChildren
                ? samples.first { $0.hasPrefix("process_open_fds ") }.flatMap { Double($0.dropFirst(17)) } : nil
        }
        let limit = "--nofile=\(Int(open / 0.87))"
        let result = try await Program.run("/usr/bin/prlimit", ["--pid=\(gateway.process.pid)", limit])
        #expect(result.status == .exited(code: 0))
    }
}
