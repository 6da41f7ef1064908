@testable import Workers

/// Observations of flows as the tests of their consumers need them.
enum FlowExamples {
    /// The answer of a flow with two outputs, one of which lost a connection.
    static let metrics = """
        input_connection_up{label="",path="root.input"} 3
        input_connection_lost{label="",path="root.input"} 2
        input_received{label="",path="root.input"} 12
        kafka_lag{label="",path="root.input",partition="0",topic="t"} 7
        output_connection_up{label="",path="root.output.0"} 2
        output_connection_lost{label="",path="root.output.0"} 1
        output_connection_up{label="",path="root.output.1"} 1
        output_connection_lost{label="",path="root.output.1"} 0
        output_sent{label="",path="root.output.0"} 5
        output_sent{label="",path="root.output.1"} 4
        output_error{label="",path="root.output.0"} 2
        processor_error{label="",path="root.pipeline.processors.0"} 6

        """

    static func figures(_ text: String = metrics) throws -> FlowFigures {
        try FlowFigures(EndpointAnswer(status: 200, contentType: nil, body: Array(text.utf8)))
    }

    /// What a flow says of itself.
    static func condition(
        _ readiness: FlowCondition.Readiness = .ready,
        waiting: Duration? = nil,
        figures: FlowFigures? = nil
    ) -> FlowCondition {
        FlowCondition(
            readiness: readiness,
            failures: 0,
            flaps: 0,
            isMoving: true,
            waiting: waiting,
            failure: nil,
            figures: figures
        )
    }

    /// A flow whose process runs under an id.
    static func running(
        pid: Int32 = 11,
        _ condition: FlowCondition? = nil,
        portHolder: String? = nil,
        refused: FlowRefusal? = nil
    ) -> BenthosObservation {
        BenthosObservation(
            process: ProcessObservation(phase: .running(pid: pid)),
            condition: condition,
            port: 4195,
            portHolder: portHolder,
            refused: refused
        )
    }
}
