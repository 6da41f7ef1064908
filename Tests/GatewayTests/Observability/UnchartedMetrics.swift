/// What the gateway exports and neither a dashboard nor an alert shows, with the reason.
enum UnchartedMetrics {
    static let reasons = [
        "process_virtual_memory_bytes": "standard; space that is reserved says nothing of memory that is used",
        "process_virtual_memory_max_bytes": "standard; the limit of the one above, which nothing comes near",
    ]
}
