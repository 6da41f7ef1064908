import EmbeddedFiles
import NIOHTTP1
import Testing

@testable import OperatorHTTP

@Suite("Runbooks", .timeLimit(.minutes(1)))
struct RunbookTests {
    @Test("every page has the same four sections, and links only to pages", arguments: RunbookLibrary.embedded.pages)
    func sections(_ page: Runbook) {
        var isCode = false
        var headings: [String] = []
        for line in page.text.split(separator: "\n") {
            if line.drop(while: { $0 == " " }).hasPrefix("```") { isCode.toggle() }
            if !isCode, line.hasPrefix("#") { headings.append(String(line)) }
        }
        #expect(headings == ["# \(page.name)", "## Meaning", "## Impact", "## Diagnosis", "## Mitigation"])
        for link in page.text.split(separator: "](").dropFirst() {
            let target = link.prefix { $0 != ")" }
            #expect(RunbookLibrary.embedded[String(target.dropLast(3))] != nil, "\(page.name) links to \(target)")
        }
        #expect(page.summary.hasSuffix(".") && !page.summary.contains("\n"))
    }

    @Test("a page is found in upper and lower case, and a wrong name gets the closest one")
    func find() throws {
        let library = RunbookLibrary.embedded
        #expect(try library.find("flowstalled").name == "FlowStalled")
        #expect(library["flowstalled"] == nil)
        let wrong = #expect(throws: OperatorError.self) { try library.find("FlowStaled") }
        #expect(wrong?.message == "no runbook \"FlowStaled\": did you mean \"FlowStalled\"?")
        let endless = String(repeating: "x", count: 1_000_000)
        #expect(throws: OperatorError.self) { try library.find(endless) }
    }

    @Test(
        "browsers get HTML, who asks for text gets text",
        arguments: [
            (nil, RunbookPages.Form.html), ("*/*", .html), ("text/plain", .text), ("TEXT/PLAIN, */*;q=0.1", .text),
            ("text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.5", .html), ("application/json", .html),
        ]
    )
    func form(_ accept: String?, _ form: RunbookPages.Form) {
        #expect(RunbookPages.Form(accept: accept) == form)
    }

    @Test("index, pages and style sheet are served without anything from elsewhere")
    func served() async throws {
        let server = try await PublicServer.forTest()
        try await running(server) {
            let base = "http://\(server.address)/runbooks/"
            for (path, title) in [("", "Runbooks"), ("FlowStalled", "FlowStalled")] {
                let answer = try await Curl.run(["--include", base + path])
                #expect(answer.hasPrefix("HTTP/1.1 200"))
                #expect(answer.contains("<title>\(title) - Gatewarden</title>"))
                #expect(answer.contains("Content-Security-Policy: default-src 'none'; style-src 'self';"))
                for outside in ["<script", "style=", "src=", "//fonts", "@import"] {
                    #expect(!answer.contains(outside))
                }
            }
            let sheet = try await Curl.run(["--include", base + "style.css"])
            #expect(sheet.contains("Content-Type: text/css; charset=utf-8"))
            #expect(
                try await Curl.run(["--location", "http://\(server.address)/runbooks"]).contains("<h1>Runbooks</h1>"))
        }
    }

    @Test("a page is served as text, and a missing one with the names of all others")
    func text() async throws {
        let server = try await PublicServer.forTest()
        let page = try #require(RunbookLibrary.embedded["FlowStalled"])
        try await running(server) {
            let base = "http://\(server.address)/runbooks/"
            #expect(try await Curl.run([base + "FlowStalled.txt"]) == page.text)
            #expect(try await Curl.run(["--header", "Accept: text/plain", base + "FlowStalled"]) == page.text)
            let names = try await Curl.run(["--header", "Accept: text/plain", base])
            #expect(names == RunbookLibrary.embedded.pages.map { "\($0.name)\n" }.joined())
            let missing = try await Curl.run(["--globoff", "--write-out", "%{http_code}", base + "<b>"])
            #expect(missing.hasSuffix("404") && missing.contains("no runbook &quot;&lt;b&gt;&quot;"))
            #expect(missing.contains("<a href=\"FlowStalled\">"))
            #expect(
                try await Curl.run([base + "FlowStaled.txt"]).contains("FlowStaled\": did you mean \"FlowStalled\"?"))
            #expect(try await Curl.run(["--head", base + "FlowStalled"]).hasPrefix("HTTP/1.1 200"))
        }
    }
}
