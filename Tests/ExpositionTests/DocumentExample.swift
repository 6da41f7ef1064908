import Testing

/// A document of families and what is written of it.
struct DocumentExample: Sendable, CustomTestStringConvertible {
    let json: String
    let openMetrics: String
    let text: String

    var testDescription: String { json }

    static let all: [DocumentExample] = [
        DocumentExample(
            json: #"""
                {"families":[{"name":"jobs_total","type":"counter","help":"a \"b\" \\ c\nd","series":[
                {"labels":{"q":"a","b":"\"\\\n"},"value":3,"created":1700000000.5,"timestamp":1700000001.25,
                "exemplar":{"labels":{"run_id":"7"},"value":1,"timestamp":"1700000001.000"}},
                {"value":"2.50"}]}]}
                """#,
            openMetrics: #"""
                # TYPE jobs counter
                # HELP jobs a \"b\" \\ c\nd
                jobs_total{b="\"\\\n",q="a"} 3 1700000001.25 # {run_id="7"} 1 1700000001
                jobs_created{b="\"\\\n",q="a"} 1700000000.5 1700000001.25
                jobs_total 2.5

                """#,
            text: #"""
                # TYPE jobs_total counter
                # HELP jobs_total a "b" \\ c\nd
                jobs_total{b="\"\\\n",q="a"} 3 1700000001250
                jobs_total 2.5

                """#
        ),
        DocumentExample(
            json: #"""
                {"families":[{"name":"temp_celsius","type":"gauge","unit":"celsius","series":[{"labels":{"p":"1"},"value":"NaN"},
                {"labels":{"p":"2"},"value":"+Inf"},{"labels":{"p":"3"},"value":"-Inf"},{"labels":{"p":"4"},"value":-1e-7}]},
                {"name":"what","series":[{"value":5}]},{"name":"empty","type":"gauge"}]}
                """#,
            openMetrics: #"""
                # TYPE temp_celsius gauge
                # UNIT temp_celsius celsius
                temp_celsius{p="1"} NaN
                temp_celsius{p="2"} +Inf
                temp_celsius{p="3"} -Inf
                temp_celsius{p="4"} -1e-07
                # TYPE what unknown
                what 5
                # TYPE empty gauge

                """#,
            text: #"""
                # TYPE temp_celsius gauge
                temp_celsius{p="1"} NaN
                temp_celsius{p="2"} +Inf
                temp_celsius{p="3"} -Inf
                temp_celsius{p="4"} -1e-07
                # TYPE what untyped
                what 5
                # TYPE empty gauge

                """#
        ),
        DocumentExample(
            json: #"""
                {"families":[{"name":"wait","type":"histogram","series":[
                {"labels":{"q":"a"},"buckets":{"1":2,"+Inf":7,"0.5":1},"sum":9.5,"created":5},
                {"labels":{"q":"b"},"buckets":[{"le":"10","count":1,"exemplar":{"labels":{"id":"x"},"value":3}}],"sum":1,"count":4},
                {"labels":{"q":"c"},"buckets":[[1000000,0],["+Inf",0]]}]}]}
                """#,
            openMetrics: #"""
                # TYPE wait histogram
                wait_bucket{le="0.5",q="a"} 1
                wait_bucket{le="1.0",q="a"} 2
                wait_bucket{le="+Inf",q="a"} 7
                wait_count{q="a"} 7
                wait_sum{q="a"} 9.5
                wait_created{q="a"} 5
                wait_bucket{le="10.0",q="b"} 1 # {id="x"} 3
                wait_bucket{le="+Inf",q="b"} 4
                wait_count{q="b"} 4
                wait_sum{q="b"} 1
                wait_bucket{le="1e+06",q="c"} 0
                wait_bucket{le="+Inf",q="c"} 0

                """#,
            text: #"""
                # TYPE wait histogram
                wait_bucket{le="0.5",q="a"} 1
                wait_bucket{le="1.0",q="a"} 2
                wait_bucket{le="+Inf",q="a"} 7
                wait_count{q="a"} 7
                wait_sum{q="a"} 9.5
                wait_bucket{le="10.0",q="b"} 1
                wait_bucket{le="+Inf",q="b"} 4
                wait_count{q="b"} 4
                wait_sum{q="b"} 1
                wait_bucket{le="1e+06",q="c"} 0
                wait_bucket{le="+Inf",q="c"} 0

                """#
        ),
        DocumentExample(
            json: #"""
                {"families":[{"name":"rtt","type":"summary","series":[{"quantiles":{"0.99":3,"0.5":1},"sum":8,"count":4}]},
                {"name":"build_info","type":"info","series":[{"labels":{"version":"1"}}]},
                {"name":"mode","type":"stateset","series":[{"states":{"on":true,"off":0}}]},
                {"name":"age","type":"gaugehistogram","series":[{"buckets":{"1":2},"count":3,"sum":7}]}]}
                """#,
            openMetrics: #"""
                # TYPE rtt summary
                rtt{quantile="0.5"} 1
                rtt{quantile="0.99"} 3
                rtt_count 4
                rtt_sum 8
                # TYPE build info
                build_info{version="1"} 1
                # TYPE mode stateset
                mode{mode="off"} 0
                mode{mode="on"} 1
                # TYPE age gaugehistogram
                age_bucket{le="1.0"} 2
                age_bucket{le="+Inf"} 3
                age_gcount 3
                age_gsum 7

                """#,
            text: #"""
                # TYPE rtt summary
                rtt{quantile="0.5"} 1
                rtt{quantile="0.99"} 3
                rtt_count 4
                rtt_sum 8
                # TYPE build_info gauge
                build_info{version="1"} 1
                # TYPE mode gauge
                mode{mode="off"} 0
                mode{mode="on"} 1
                # TYPE age histogram
                age_bucket{le="1.0"} 2
                age_bucket{le="+Inf"} 3
                age_count 3
                age_sum 7

                """#
        ),
        DocumentExample(
            json: #"""
                {"families":[{"name":"a.b","type":"counter","help":"h","samples":[{"name":"a.b_total","labels":{"c {}":"é"},
                "value":"0.0","timestamp":"123.000000000","exemplar":{"labels":{"d.e":"f"},"value":"0.5","timestamp":null}}]}]}
                """#,
            openMetrics: #"""
                # TYPE "a.b" counter
                # HELP "a.b" h
                {"a.b_total","c {}"="é"} 0 123 # {"d.e"="f"} 0.5

                """#,
            text: #"""
                # TYPE "a.b_total" counter
                # HELP "a.b_total" h
                {"a.b_total","c {}"="é"} 0 123000

                """#
        ),
    ]
}
