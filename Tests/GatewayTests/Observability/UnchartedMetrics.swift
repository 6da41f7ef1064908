/// What the gateway exports and neither a dashboard nor an alert shows, with the reason.
enum UnchartedMetrics {
    static let reasons = [
        "process_virtual_memory_bytes":
            "part of the standard set; the address space that is reserved says nothing of the memory that is used",
        "process_virtual_memory_max_bytes": "part of the standard set; the address space of the gateway has no limit",
        "process_threads": "part of the standard set; their number is fixed by that of the processors",
    ]
}
