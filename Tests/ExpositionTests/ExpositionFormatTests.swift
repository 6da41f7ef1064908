import Exposition
import Testing

@Suite("ExpositionFormat")
struct ExpositionFormatTests {
    static let text = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores"
    static let text1 = "text/plain; version=1.0.0; charset=utf-8; escaping=underscores"
    static let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores"
    static let draft = "application/openmetrics-text; version=0.0.1; charset=utf-8; escaping=underscores"

    @Test(
        "what scrapers really send is answered as they expect",
        arguments: [
            // Prometheus 2.42
            (
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", openMetrics
            ),
            // Prometheus 2.30
            ("application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", draft),
            // Prometheus 3
            (
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                    + "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
                    + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
                "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8"
            ),
            // Prometheus 3 with native histograms
            (
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
                    + "text/plain;version=0.0.4;q=0.2", text
            ),
            // Prometheus 1
            (
                "text/plain;version=0.0.4;q=0.3,application/json;schema=\"prometheus/telemetry\";version=0.0.2;q=0.2",
                text
            ),
            // curl, a browser
            ("*/*", text),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", text),
        ])
    func scrapers(accept: String, contentType: String) {
        #expect(ExpositionFormat.negotiated(accept: accept).contentType == contentType)
    }

    @Test("without a header, and where nothing fits, the answer is text 0.0.4")
    func fallback() {
        for accept in [nil, "", " ", ",", "application/json", "text/plain;version=0.0.5", "text/plain;q=0", "*/*;q=0"] {
            #expect(ExpositionFormat.negotiated(accept: accept).contentType == Self.text, "\(accept ?? "none")")
        }
    }

    @Test(
        "weights decide, then names before wildcards, then our order",
        arguments: [
            ("text/plain;q=0.5, application/openmetrics-text;q=0.4", text),
            ("text/plain;q=0.4, application/openmetrics-text;q=0.5", openMetrics),
            ("text/plain;q=0.123, application/openmetrics-text;q=0.124", openMetrics),
            ("text/plain, application/openmetrics-text", openMetrics),
            ("text/plain;version=0.0.4;charset=utf-8, application/openmetrics-text", openMetrics),
            ("*/*, text/plain;version=1.0.0", text1),
            ("text/*, application/openmetrics-text;q=0.9", text),
            ("application/*", openMetrics),
            ("text/plain", text),
            ("text/plain;version=1.0.0", text1),
            ("application/openmetrics-text", openMetrics),
            ("application/openmetrics-text;version=0.0.1", draft),
            ("application/openmetrics-text;version=2.0.0, text/plain;q=0.1", text),
            ("text/plain;charset=iso-8859-1, application/openmetrics-text;q=0.1", openMetrics),
            ("text/plain;format=flowed, application/openmetrics-text;q=0.1", openMetrics),
        ])
    func order(accept: String, contentType: String) {
        #expect(ExpositionFormat.negotiated(accept: accept).contentType == contentType)
    }

    @Test(
        "the most specific range counts for a format, and weight 0 excludes it",
        arguments: [
            ("text/plain;q=0, */*", openMetrics),
            ("*/*, text/*;q=0", openMetrics),
            ("application/openmetrics-text;q=0, application/*, text/plain;q=0.1", text),
            ("application/openmetrics-text;version=1.0.0;q=0, application/openmetrics-text", draft),
            ("text/plain;version=0.0.4;q=0.1, text/plain;q=0.9", text1),
            ("text/plain;q=0.000, application/openmetrics-text;q=0.001", openMetrics),
        ])
    func specificity(accept: String, contentType: String) {
        #expect(ExpositionFormat.negotiated(accept: accept).contentType == contentType)
    }

    @Test(
        "names are compared without case, blanks and quotes do not matter",
        arguments: [
            "Application/OpenMetrics-Text;Version=1.0.0", " application/openmetrics-text ; version=\"1.0.0\" ; Q=1.",
            "application/openmetrics-text;version=\"1\\.0.0\"",
            "application/openmetrics-text;charset=\"UTF-8\";q=0.5;ext=1",
            ",, application/openmetrics-text;;version=1.0.0,",
            "a/b;x=\"1,text/plain;q=1\",application/openmetrics-text;q=0.2",
        ])
    func syntax(accept: String) {
        #expect(ExpositionFormat.negotiated(accept: accept).contentType == Self.openMetrics)
    }

    @Test(
        "a range that breaks the syntax is ignored, the others count",
        arguments: [
            "application/openmetrics-text;q=x", "application/openmetrics-text;q=1.1",
            "application/openmetrics-text;q=-1",
            "application/openmetrics-text;q=nan", "application/openmetrics-text;q=1e-1",
            "application/openmetrics-text;q=",
            "application/openmetrics-text;version", "application/openmetrics-text;=1", "application", "application/",
            "/openmetrics-text", "*/openmetrics-text", "application/openmetrics-text;version=\"1.0.0", "a b/c", "é/é",
            "\0",
            "application/openmetrics-text;version=\"1.0.0\"x", "application/openmetrics-text/x",
        ])
    func malformed(accept: String) {
        #expect(ExpositionFormat.negotiated(accept: accept).contentType == Self.text)
        #expect(ExpositionFormat.negotiated(accept: "text/plain;version=1.0.0,\(accept)").contentType == Self.text1)
    }

    @Test(
        "the escaping is that of the range that was chosen",
        arguments: [
            ("text/plain;escaping=dots", NameEscaping.dots), ("text/plain;Escaping=Values", .values),
            ("text/plain;escaping=allow-utf-8", .allowUTF8), ("text/plain;escaping=other", .underscores),
            ("text/plain;version=0.0.4;escaping=values;q=0.1,text/plain;version=0.0.4;escaping=dots;q=0.9", .dots),
            ("application/openmetrics-text;escaping=dots;q=0.2,text/plain;q=0.9", .underscores),
            ("*/*;escaping=dots", .dots),
        ])
    func escaping(accept: String, expected: NameEscaping) {
        #expect(ExpositionFormat.negotiated(accept: accept).escaping == expected)
    }

    @Test("no header makes it trap")
    func noise() {
        var generator = SeededGenerator(seed: 3)
        let pieces = [
            "text", "/", "*", ";", ",", "q", "=", "\"", "\\", " ", "0.5", "version", "escaping", "é", "\u{0}", "1",
        ]
        for _ in 0..<2_000 {
            let accept = (0..<12).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            _ = ExpositionFormat.negotiated(accept: accept)
        }
    }
}
