import Glibc
import OperatorHTTP
import ProcessControl
import SystemPackage
import Testing

@Suite(
    "Gateway: reload",
    .enabled(if: Binaries.standins != nil, "GATEWARDEN_TEST_STANDINS is not set"),
    .timeLimit(.minutes(2))
)
struct ReloadTests {
    private let plant: ReloadPlant

    init() throws {
        plant = try ReloadPlant()
    }

    @Test("a good change takes effect, and of all processes only that flow's is another")
    func goodChange() async throws {
        let (gateway, base, pids) = try await plant.start()
        try plant.change(try plant.configuration(press: "stdout: {}"))
        let reload = try await run(gateway, "config", "reload")
        #expect(reload.text(.stdout).hasPrefix("box/press changed: ready\nConfiguration reloaded in "))
        #expect(reload.status == .exited(code: 0))
        let after = try await gateway.pids()
        #expect(after["box/press"] != pids["box/press"])
        #expect(after["box/oven"] == pids["box/oven"])
        #expect(after["box/other"] == pids["box/other"])
        try await waitUntilMoreIsSent(by: "box/press", at: base)
        let line = try await gateway.waitForLog { $0.msg == "Configuration reloaded" }
        #expect(line.level == "notice")
        #expect(line.fields["changed"] == 1)
        #expect(try await gateway.control.effectiveConfiguration().contains("stdout: {}"))
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a typo is refused with its place, nothing is touched, and data keeps flowing")
    func typo() async throws {
        let (gateway, base, _) = try await plant.start()
        let before = try await gateway.pids()
        try plant.change(try plant.configuration().replacing("flows:", with: "flowz:"))
        let reload = try await run(gateway, "config", "reload")
        #expect(reload.status == .exited(code: 1))
        #expect(reload.text(.stderr).contains("configuration refused, nothing was changed"))
        #expect(reload.text(.stderr).contains("gateway.yaml:4:1: flowz: unknown key, did you mean \"flows\"?"))
        let line = try await gateway.waitForLog { $0.msg == "Configuration refused" }
        #expect(line.level == "error")
        guard case .list(let problems) = line.fields["problems"] else { throw Missing(what: "problems") }
        #expect(problems.count == 1 && problems[0].contains("gateway.yaml:4:1: flowz"))
        try await waitUntilMoreIsSent(by: "box/press", at: base)
        #expect(try await gateway.pids() == before)
        #expect(try await sample(#"gatewarden_config_reloads_total{result="refused"}"#, at: base) == 1)
        #expect(try await sample("gatewarden_config_last_reload_success", at: base) == 0)
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("what the real program finds wrong with a flow is refused at the line that the operator wrote")
    func lint() async throws {
        let (gateway, base, _) = try await plant.start()
        let before = try await gateway.pids()
        try plant.change(try plant.configuration(press: "drop: {oops: 1}", process: "another"))
        let reload = try await run(gateway, "config", "reload")
        #expect(reload.status == .exited(code: 1))
        let text = reload.text(.stderr)
        let place = "gateway.yaml:11:29: flows[0].config.output.drop.oops: flow box/press: field oops not recognised"
        #expect(text.contains(place), "\(text)")
        try await waitUntilMoreIsSent(by: "box/press", at: base)
        #expect(try await gateway.pids() == before)
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a flow that does not become ready is rolled back, says why, and its data flows again")
    func rollback() async throws {
        let (gateway, base, pids) = try await plant.start()
        try plant.change(try plant.configuration(press: ReloadPlant.deadEnd))
        let reload = try await run(gateway, "config", "reload")
        let text = reload.text(.stdout)
        #expect(text.hasPrefix("box/press changed: rolled back to the last good configuration: not ready within 2 s"))
        #expect(reload.status == .exited(code: 1))
        let line = try await gateway.waitForLog { $0.msg == "Flow configuration rolled back" }
        #expect(line.path == "box/press")
        try await gateway.waitUntilReady("box/press")
        try await waitUntilMoreIsSent(by: "box/press", at: base)
        let after = try await gateway.pids()
        #expect(after["box/oven"] == pids["box/oven"])
        #expect(after["box/other"] == pids["box/other"])
        #expect(try await sample(#"gatewarden_config_reloads_total{result="failed"}"#, at: base) == 1)

        // Back to what runs: nothing is started again, and all is well.
        try plant.change(try plant.configuration())
        let back = try await run(gateway, "config", "reload")
        #expect(back.text(.stdout).hasPrefix("box/press changed: ready"))
        #expect(try await gateway.pids() == after)
        #expect(try await sample("gatewarden_config_last_reload_success", at: base) == 1)
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("flows and processes come and go, and what was added by hand stays")
    func addedAndRemoved() async throws {
        let (gateway, _, pids) = try await plant.start()
        let extra = "{name: extra, workerType: process, userSpec: {config: {command: [sleep, '100000']}}}"
        let added = try await run(gateway, "add", plant.directory.write("extra.yaml", extra).string)
        #expect(added.status == .exited(code: 0))
        try await gateway.waitUntilReady("box/extra")
        let flow =
            "  - {name: saw, command: [\"\(try #require(Binaries.standins))/benthos\"], "
            + "config: {input: {\(ReloadPlant.source)}, output: {drop: {}}}}"
        try plant.change(try plant.configuration(more: flow, process: "another"))
        let reload = try await run(gateway, "config", "reload", "--json")
        #expect(reload.status == .exited(code: 0))
        let after = try await gateway.pids()
        #expect(Set(after.keys) == ["box/press", "box/oven", "box/saw", "box/another", "box/extra"])
        #expect(after["box/press"] == pids["box/press"])

        try plant.change(try plant.configuration(process: "extra"))
        let refused = try await run(gateway, "config", "reload")
        #expect(refused.text(.stderr).contains("box/extra: was added while the gateway ran"))
        #expect(refused.status == .exited(code: 1))
        #expect(try await gateway.pids() == after)
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("SIGHUP does the same, the level of the log follows at once, and the rest is named")
    func signal() async throws {
        let (gateway, _, _) = try await plant.start()
        let changed = try plant.configuration(press: "stdout: {}", level: "debug")
            .replacing("startTimeout: 2s", with: "startTimeout: 2s\n    output: {burst: 7}")
        try plant.change(changed.replacing("tickInterval: 20ms", with: "tickInterval: 30ms"))
        kill(gateway.process.pid, SIGHUP)
        // Lines of this level were not there before.
        try await gateway.waitForLog { $0.level == "debug" && $0.msg == "Child updated" }
        let line = try await gateway.waitForLog { $0.msg == "Configuration reloaded" }
        #expect(line.fields["changed"] == 1)
        #expect(line.fields["success"] == true)
        let restart = try await gateway.waitForLog { $0.msg == "Restart needed" }
        #expect(restart.level == "warning")
        #expect(restart.fields["settings"] == .list(["supervisor.tickInterval", "output of box/press"]))
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("without waiting, the answer comes when the changes are applied")
    func noWait() async throws {
        let (gateway, _, _) = try await plant.start()
        try plant.change(try plant.configuration(press: ReloadPlant.deadEnd))
        let reload = try await run(gateway, "config", "reload", "--no-wait")
        #expect(reload.text(.stdout).hasPrefix("box/press changed: applied"))
        #expect(reload.status == .exited(code: 0))
        try await gateway.waitForLog { $0.msg == "Flow configuration rolled back" }
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("one reload at a time: another one is refused and changes nothing")
    func oneAtATime() async throws {
        let (gateway, base, _) = try await plant.start()
        try plant.change(try plant.configuration(press: ReloadPlant.deadEnd))
        async let first = run(gateway, "config", "reload")
        // The first one waits for the trial of the flow by now.
        try await gateway.waitForLog { $0.msg == "Child is not ready" && $0.path == "box/press" }
        let second = try await run(gateway, "config", "reload")
        #expect(second.status == .exited(code: 1))
        #expect(second.text(.stderr).contains("another reload is under way"))
        #expect(try await first.status == .exited(code: 1))
        #expect(try await sample(#"gatewarden_config_reloads_total{result="refused"}"#, at: base) == 0)
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("the name of the box cannot change while the gateway runs, and a bad timeout is wrong usage")
    func refusals() async throws {
        let (gateway, _, _) = try await plant.start()
        try plant.change(try plant.configuration().replacing("name: box", with: "name: crate"))
        let reload = try await run(gateway, "config", "reload")
        #expect(reload.text(.stderr).contains("gateway.yaml:1:15: agent.name: is box while the gateway runs"))
        #expect(reload.status == .exited(code: 1))
        let usage = try await run(gateway, "config", "reload", "--timeout", "11m")
        #expect(usage.status == .exited(code: 64))
        #expect(await gateway.stop() == .exited(code: 0))
    }
}
