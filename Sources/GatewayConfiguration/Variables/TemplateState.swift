/// What rendering hands on from child to child: the problems so far and what may still be spent.
struct TemplateState {
    var problems: ProblemList
    var budget: TemplateBudget

    init(problems: ProblemList, limits: TemplateLimits = TemplateLimits()) {
        self.problems = problems
        budget = TemplateBudget(limits: limits)
    }
}
