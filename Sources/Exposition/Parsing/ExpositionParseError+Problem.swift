extension ExpositionParseError {
    /// What is wrong; the raw value says it in words.
    public enum Problem: String, Sendable, Equatable {
        // MARK: Both formats

        /// A line starts with something else than a name, a brace or a comment.
        case invalidStart = "expected a metric name, \"{\" or \"#\""
        /// A HELP, TYPE or UNIT line is not followed by a name.
        case missingFamilyName = "expected a metric name after HELP, TYPE or UNIT"
        /// The word after a family's name is no type of the text format.
        case invalidType = "expected one of counter, gauge, histogram, summary, untyped after the metric name"
        /// A name contains a byte that it may not.
        case invalidName = "expected \"{\" or a blank after the metric name"
        /// A sample has no name.
        case missingName = "expected a quoted metric name between the braces, there is no name before them"
        /// A sample has a second name.
        case repeatedName = "expected \"=\" after a quoted label name, the metric has its name already"
        /// Something else stands where a label must start.
        case invalidLabelName = "expected a label name or \"}\""
        /// A label has no value.
        case missingEqualSign = "expected \"=\" after the label name"
        /// A label's value is not quoted, or its closing quote is missing.
        case invalidLabelValue = "expected a label value in double quotes"
        /// Bytes are not UTF-8.
        case invalidUTF8 = "the text is not valid UTF-8"
        /// A sample has no value.
        case missingValue = "expected a value after the metric"
        /// The value is not a decimal number.
        case invalidValue = "expected a decimal number, NaN, +Inf or -Inf as value"
        /// What follows the value is not a whole number of milliseconds.
        case invalidTimestamp = "expected a timestamp in milliseconds or the end of the line after the value"
        /// Something follows the timestamp.
        case trailingText = "expected the end of the line after the timestamp"

        // MARK: OpenMetrics

        /// A line starts with something else than a name, a brace, HELP, TYPE, UNIT or EOF.
        case invalidLine = "expected a metric name, \"{\", \"# HELP \", \"# TYPE \", \"# UNIT \" or \"# EOF\""
        /// A family's name is not followed by one blank and a text.
        case missingMetadata = "expected one blank and a text after the metric name"
        /// The word after a family's name is no type of OpenMetrics.
        case invalidOpenMetricsType = """
            expected one of counter, gauge, histogram, gaugehistogram, summary, info, stateset, unknown \
            after the metric name
            """
        /// A unit is not the end of the family's name.
        case unitNotSuffix = "the metric name must end in \"_\" and the unit"
        /// Two labels are not separated.
        case missingComma = "expected \",\" or \"}\" after the label"
        /// Something else than one blank stands before the value.
        case missingBlank = "expected one blank and a value after the metric"
        /// What follows the value is neither a time in seconds nor an exemplar.
        case invalidSeconds = "expected a timestamp in seconds after the value"
        /// Something else than an exemplar follows the timestamp.
        case trailingContent = "expected \" # {\" or the end of the line"
        /// What follows the exemplar's value is no time in seconds.
        case invalidExemplarTimestamp = "expected a timestamp in seconds or the end of the line after the exemplar"
        /// The last line is missing or cut.
        case missingEnd = "the text does not end with \"# EOF\""
        /// Something follows the last line.
        case textAfterEnd = "expected nothing after \"# EOF\""

        // MARK: The rules of OpenMetrics for what is well formed

        /// A comma stands before the closing brace.
        case trailingComma = "no comma may stand before \"}\""
        /// A name in quotes has a line break.
        case lineBreakInName = "a name must not have a line break"
        /// A name that only quotes allow has no metadata.
        case undeclaredName = "a metric with such a name needs a HELP, TYPE or UNIT line"
        /// Two labels of a sample have the same name.
        case repeatedLabel = "a label name stands twice"
        /// A label's name begins with two underscores.
        case reservedLabel = "label names must not begin with \"__\""
        /// HELP, TYPE or UNIT of a family stand after samples of it.
        case metadataAfterSamples = "HELP, TYPE and UNIT must stand before the samples of their metric"
        /// HELP, TYPE or UNIT of a family stand twice.
        case repeatedMetadata = "HELP, TYPE or UNIT of the metric stand twice"
        /// Two families have the same name, a sample name in common, or one of them is interrupted by another.
        case clashingName = "the name belongs to a metric above, whose lines must stand together"
        /// A type that has no unit has one.
        case unitNotAllowed = "info and stateset metrics have no unit"
        /// The samples of one metric are interrupted by those of another.
        case interruptedMetric = "the samples of one label set must stand together"
        /// A sample without timestamp is there twice.
        case repeatedSample = "the sample stands twice"
        /// Some samples of one label set have a timestamp and some have none.
        case mixedTimestamps = "either all samples of a label set have a timestamp or none"
        /// A sample is older than the one before it.
        case timestampBackwards = "timestamps of a label set must not go backwards"
        /// An exemplar stands where none is allowed.
        case exemplarNotAllowed = "only buckets and counters have exemplars"
        /// An exemplar's labels are too long.
        case exemplarTooLong = "names and values of an exemplar's labels have more than 128 characters"
        /// A bucket's limit is missing or not a number.
        case invalidBound = "a bucket needs the label le with a number, for infinity \"+Inf\""
        /// A quantile is missing or out of range.
        case invalidQuantile = "a sample of a summary needs the label quantile from 0 to 1"
        /// A state has no name.
        case missingState = "a sample of a stateset needs a label with the name of the metric"
        /// A state is neither on nor off.
        case invalidState = "a state is 0 or 1"
        /// An info is not 1.
        case invalidInfo = "the value of an info is 1"
        /// A count has a fraction or is not finite.
        case fractionalCount = "a count is a whole number"
        /// A value that counts or sums is NaN.
        case valueNotNumber = "a total, sum or count must not be NaN"
        /// A value that only rises is negative.
        case negativeValue = "a total, sum, count or quantile must not be negative"
        /// A histogram has no bucket for all observations.
        case missingInfinity = "the histogram ends without a +Inf bucket"
        /// A bucket's limit is not above the one before.
        case boundsOutOfOrder = "the limits of buckets must rise"
        /// A bucket counts less than the one before.
        case bucketsNotCumulative = "a bucket must count what the buckets before it count"
        /// The count of a histogram is not that of its last bucket.
        case countMismatch = "the count of the histogram is not that of its +Inf bucket"
        /// A histogram has only one of sum and count.
        case incompleteHistogram = "the histogram needs both its sum and its count, or neither"
        /// A histogram that observes negative values has a sum, which would not only rise.
        case sumWithNegativeBounds = "a histogram with negative limits has no sum"
        /// A gauge histogram's sum is negative and its observations are not.
        case negativeSum = "a sum is negative only where a limit is"
    }
}
