/// A figure that is measured, with its unit and its bar.
enum Measure: String, Codable {
    case idleProcessor = "idle, 100 children: CPU"
    case idleResident = "idle, 100 children: RSS"
    case idleProportional = "idle, 100 children: PSS"
    case idleThreads = "idle, 100 children: threads"
    case idleDescriptors = "idle, 100 children: descriptors"
    case firstChild = "start to first child"
    case lastChild = "start to 100th child"
    case ready = "start to /readyz 200, 100 children"
    case stop = "stop of 100 children"
    case restart = "kill -9 of a child to its replacement"
    case recovery = "start after kill -9, 20 children"
    case size = "size of the binary"
    case validate = "config validate, 1,000 processes"
    case scrapeTime = "scrape of /metrics, 100 children"
    case scrapeSize = "body of /metrics, 100 children"
    case readersQuietDelay = "100,000 series, nobody reads: delay of a tick"
    case readersDelay = "100,000 series, scrape a second, 10 slow readers, 1 that never reads: delay of a tick"
    case readersMissedTicks = "100,000 series, these readers: ticks missed of 10 a second"
    case readersScrape = "100,000 series, these readers: scrape"
    case readersResident = "100,000 series, these readers: RSS"
    case engineTick = "engine, 1,000 idle workers: tick per worker"
    case engineAllocations = "engine, 1,000 idle workers: allocations per worker and tick"
    case engineMissedTicks = "engine, 1,000 idle workers: ticks missed of 10 a second"
    case engineProcessor = "engine, 1,000 idle workers: CPU"
    case engineResident = "engine, 1,000 idle workers: RSS"
    case engineStop = "engine, 1,000 idle workers: stop"
    case engineGrowth = "engine, CPU of 10,000 idle workers by that of 1,000"
    case registryCounter = "registry: increment of a counter"
    case registryCounterByBare = "registry: increment of a counter by a bare atomic addition"
    case registryContendedByBare = "registry: 4 threads on one counter by a bare atomic addition"
    case registryContended = "registry: 4 threads on one counter by one thread"
    case registryScaling = "registry: 4 threads on 4 counters by one thread"
    case registryHistogram = "registry: observation of a histogram"
    case registryAllocations = "registry: allocations of 8 million updates"
    case registryRegistration = "registry: registration of 100,000 series"
    case registryGrowth = "registry: registration of 100,000 series by that of 10,000"
    case registryScrape = "registry: text of 10,000 series"
    case registryScrapeMany = "registry: text of 100,000 series"
    case registryOpenMetrics = "registry: OpenMetrics of 10,000 series"
    case registryOpenMetricsMany = "registry: OpenMetrics of 100,000 series"
    case scaleProcessor = "idle, 1,000 children: CPU"
    case scaleResident = "idle, 1,000 children: RSS"
    case scaleMissedTicks = "idle, 1,000 children: ticks missed of 10 a second"
    case scaleStop = "stop of 1,000 children"
    case storeIdle = "idle, 100 children: written by the store"
    case floodProcessor = "flood of 100,000 lines a second: CPU"
    case floodResident = "flood of 100,000 lines a second: RSS"
    case floodDisk = "flood of 100,000 lines a second: on disk after 10 s"
    case floodDropped = "flood of 100,000 lines a second: dropped"
    case floodDelay = "flood of 100,000 lines a second: delay of the child"
    case flowsProcessor = "100 flows observed once a second: CPU"
    case flowsResident = "100 flows: RSS"
    case flowsThreads = "100 flows: threads"
    case flowsDescriptors = "100 flows: descriptors"
    case flowsReady = "first start to 100 ready flows"
    case flowsStop = "stop of 100 flows and their broker"
    case flowsStore = "100 flows: written by the store"
    case parserText = "parser, 1 MB of a broker's metrics, text"
    case parserOpenMetrics = "parser, 1 MB of a broker's metrics, OpenMetrics"
    case parserStrict = "parser, 1 MB of a broker's metrics, OpenMetrics with all rules"
    case parserAllocations = "parser, allocations per sample"
    case soakProcessor = "soak, 100 flows at tenfold speed: CPU"
    case soakResident = "soak: RSS"
    case soakThreads = "soak: threads outside the runtime's pool"
    case soakPoolThreads = "soak: threads of the runtime's pool"
    case soakDescriptors = "soak: descriptors that are no sockets"
    case soakSockets = "soak: sockets"
    case soakResidentGrowth = "soak: growth of RSS"
    case soakThreadGrowth = "soak: growth of threads outside the runtime's pool"
    case soakPoolThreadGrowth = "soak: growth of the runtime's pool"
    case soakDescriptorGrowth = "soak: growth of descriptors that are no sockets"
    case soakSocketGrowth = "soak: growth of sockets"

    /// The unit of the figure.
    var unit: String {
        switch self {
        case .idleProcessor, .engineProcessor, .scaleProcessor, .floodProcessor, .flowsProcessor, .soakProcessor:
            "% of a core"
        case .idleResident, .idleProportional, .size, .engineResident, .scaleResident, .floodResident, .floodDisk,
            .flowsResident, .soakResident, .soakResidentGrowth, .readersResident:
            "MB"
        case .floodDropped: "% of lines"
        case .idleThreads, .idleDescriptors, .engineAllocations, .engineGrowth, .flowsThreads, .flowsDescriptors,
            .soakThreads, .soakPoolThreads, .soakDescriptors, .soakThreadGrowth, .soakPoolThreadGrowth,
            .soakDescriptorGrowth, .soakSockets, .soakSocketGrowth, .parserAllocations, .registryCounterByBare,
            .registryContendedByBare, .registryContended, .registryScaling, .registryAllocations, .registryGrowth:
            ""
        case .registryCounter, .registryHistogram: "ns"
        case .engineTick: "us"
        case .engineMissedTicks, .scaleMissedTicks, .readersMissedTicks: "1/s"
        case .storeIdle, .flowsStore: "MB/h"
        case .firstChild, .lastChild, .ready, .stop, .restart, .recovery, .validate, .scrapeTime, .engineStop,
            .scaleStop, .floodDelay, .flowsReady, .flowsStop, .readersQuietDelay, .readersDelay, .readersScrape,
            .parserText, .parserOpenMetrics, .parserStrict, .registryRegistration, .registryScrape,
            .registryScrapeMany, .registryOpenMetrics, .registryOpenMetricsMany:
            "ms"
        case .scrapeSize: "kB"
        }
    }

    /// What the product's median must stay below; nil where nothing was promised.
    var bar: Double? {
        switch self {
        case .idleProcessor: 1
        case .idleResident, .size: 40
        case .floodProcessor: 20
        case .flowsProcessor: 5
        case .soakThreadGrowth: 1
        // libdispatch takes one more whenever all wait, as for a slow disk, and keeps it while there is work.
        case .soakPoolThreadGrowth: 4
        // Less than one for each fault of a kind; restarts under way hold a few.
        case .soakDescriptorGrowth: 8
        // Less than one for each restart; on a busy machine flows are late, and for a minute have a spare connection.
        case .soakSocketGrowth: 24
        case .floodResident, .floodDisk: 50
        case .floodDelay: 100
        case .lastChild: 400
        case .stop: 300
        case .restart: 50
        case .engineTick, .storeIdle: 2
        // None at all: a figure is compared with what it must stay below.
        case .engineAllocations, .parserAllocations: 0.001
        // 120 MB a second.
        case .parserText, .parserOpenMetrics: 1000.0 / 120
        case .engineMissedTicks, .scaleMissedTicks, .readersMissedTicks: 0.1
        // A twentieth of the interval: what depends on a tick does not notice.
        case .readersDelay: 5
        case .engineProcessor, .scaleProcessor: 10
        case .engineResident, .scaleResident: 80
        case .engineStop, .scaleStop: 2000
        // Linear, and half as much again for the caches that no longer hold it all.
        case .engineGrowth: 15
        // What a shared counter costs is what the machine's atomic addition costs; the call around it may be felt.
        case .registryCounterByBare, .registryContendedByBare: 1.5
        case .registryCounter: 4
        // As many threads as that may take as many times the time of one, no more.
        case .registryContended: 4
        case .registryHistogram: 20
        case .registryAllocations: 1
        case .registryRegistration: 1000
        // Linear, and as much again for the caches and for tables that grow.
        case .registryGrowth: 20
        case .registryScrape, .registryOpenMetrics: 2.5
        case .registryScrapeMany, .registryOpenMetricsMany: 35
        case .idleProportional, .idleThreads, .idleDescriptors, .firstChild, .ready, .recovery, .validate, .scrapeTime,
            .scrapeSize, .floodDropped, .flowsResident, .flowsThreads, .flowsDescriptors, .flowsReady, .flowsStop,
            .flowsStore, .soakProcessor, .soakResident, .soakThreads, .soakPoolThreads,
            .soakDescriptors, .soakSockets, .soakResidentGrowth, .readersQuietDelay, .readersScrape, .readersResident,
            .parserStrict, .registryScaling:
            nil
        }
    }
}
