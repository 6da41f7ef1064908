@testable import Supervision

/// Something that happens to a schedule's tree.
enum ScheduleEvent: CustomStringConvertible {
    case crash(ScheduleNode)
    case trouble(ScheduleNode, isOn: Bool)
    case ready(ScheduleNode, Bool)
    case failDecisions(ScheduleNode, isOn: Bool)
    case failObservations(ScheduleNode, isOn: Bool)
    case failDerivation(ScheduleNode, isOn: Bool)
    case failStarts(ScheduleNode, Int)
    case hang(ScheduleNode)
    case finish(ScheduleNode, ActionOutcome.Result)
    case react(ScheduleNode)
    case command(OperatorCommand, ScheduleNode)
    case follow(ScheduleNode)
    case replace(ScheduleNode)
    case enable(ScheduleNode, Bool)
    case grow(ScheduleNode, String)
    case drop(ScheduleNode, from: ScheduleNode)
    case refuseActions(ActionAdmission?)
    case slowStore(isOn: Bool)
    case blindTick(Duration)
    case nothing

    var description: String {
        switch self {
        case .crash(let node): "crash \(node.path)"
        case .trouble(let node, let isOn): "trouble \(node.path) \(isOn)"
        case .ready(let node, let isReady): "ready \(node.path) \(isReady)"
        case .failDecisions(let node, let isOn): "decisions fail \(node.path) \(isOn)"
        case .failObservations(let node, let isOn): "observations fail \(node.path) \(isOn)"
        case .failDerivation(let node, let isOn): "derivation fails \(node.path) \(isOn)"
        case .failStarts(let node, let count): "starts fail \(node.path) \(count)"
        case .hang(let node): "actions hang \(node.path)"
        case .finish(let node, let result): "finish \(node.path) \(result)"
        case .react(let node): "react \(node.path)"
        case .command(let command, let node): "operator \(command) \(node.path)"
        case .follow(let node): "follow \(node.path)"
        case .replace(let node): "replace \(node.path)"
        case .enable(let node, let isEnabled): "enable \(node.path) \(isEnabled)"
        case .grow(let node, let name): "grow \(node.path) \(name)"
        case .drop(let node, _): "drop \(node.path)"
        case .refuseActions(let admission): "refuse \(admission.map { "\($0)" } ?? "nothing")"
        case .slowStore(let isOn): "slow store \(isOn)"
        case .blindTick(let duration): "blind tick after \(duration)"
        case .nothing: "nothing"
        }
    }

    /// Draws an event; `ease` is how likely a cause is to be taken away rather than added, in percent, and `count` the
    /// number of steps before, for the names of new children.
    static func draw(_ dice: inout Dice, _ root: ScheduleNode, ease: Int, count: Int) -> ScheduleEvent {
        let nodes = root.all
        let node = dice.pick(nodes)
        let isOn = !dice.chance(percent: ease)
        switch dice.below(100) {
        case 0..<16: return .crash(node)
        case 16..<28: return .trouble(node, isOn: isOn)
        case 28..<33: return .ready(node, !isOn)
        case 33..<38: return .failDecisions(node, isOn: isOn)
        case 38..<42: return .failObservations(node, isOn: isOn)
        case 42..<44: return .failDerivation(node, isOn: isOn)
        case 44..<48: return .failStarts(node, dice.below(4))
        case 48..<52: return .hang(node)
        case 52..<58:
            return .finish(node, dice.pick([.success, .failure("broken"), .timeout, .abandoned]))
        case 58..<66: return .react(node)
        case 66..<78: return .command(dice.pick([.start, .stop, .restart, .resetCircuit]), node)
        case 78..<86: return drawUpdate(&dice, nodes, count: count)
        case 86..<88: return .refuseActions(isOn ? dice.pick([.queueFull, .alreadyInProgress]) : nil)
        case 88..<90: return .slowStore(isOn: isOn)
        case 90..<93: return .blindTick(dice.milliseconds(50...70_000))
        default: return .nothing
        }
    }

    private static func drawUpdate(_ dice: inout Dice, _ nodes: [ScheduleNode], count: Int) -> ScheduleEvent {
        let node = dice.pick(nodes)
        switch dice.below(6) {
        case 0: return .follow(node)
        case 1: return .replace(node)
        case 2 where !node.path.isEmpty: return .enable(node, dice.chance(percent: 60))
        case 3: return nodes.count < 9 ? .grow(node, "new\(count)") : .nothing
        case 4:
            guard let child = node.children.isEmpty ? nil : dice.pick(node.children) else { return .follow(node) }
            return .drop(child, from: node)
        default: return .follow(node)
        }
    }
}
