namespace Functions.Tests.Protocol;

/// <summary>
/// Visits every state that can be reached, whatever the order of steps, and says the first way to a broken one. Where all are
/// visited, it also says whether the system can always come to rest: from no state do all ways go on for ever.
/// </summary>
internal static class Explorer
{
    private const int MostStates = 3_000_000;

    public static Exploration Run(ModelState start, Protocol protocol)
    {
        var numbers = new Dictionary<string, int> { [start.Key()] = 0 };
        var ways = new List<(int From, string Step)> { (-1, "") };
        var before = new List<List<int>> { new() };
        var waiting = new Queue<(int Number, ModelState State)>([(0, start)]);
        var atRest = new List<int>();
        while (waiting.TryDequeue(out var current))
        {
            var isAtRest = true;
            foreach (var (step, next) in protocol.Next(current.State))
            {
                isAtRest = false;
                var key = next.Key();
                if (!numbers.TryGetValue(key, out var number))
                {
                    number = numbers.Count;
                    numbers.Add(key, number);
                    ways.Add((current.Number, step));
                    before.Add([]);
                    waiting.Enqueue((number, next));
                    if ((next.Fault ?? protocol.Always(next)) is { } fault)
                    {
                        return new Exploration(numbers.Count, fault, Way(ways, number), protocol.Transitions);
                    }
                }

                before[number].Add(current.Number);
            }

            if (isAtRest)
            {
                atRest.Add(current.Number);
                if (protocol.AtRest(current.State) is { } fault)
                {
                    return new Exploration(numbers.Count, fault, Way(ways, current.Number), protocol.Transitions);
                }
            }

            if (numbers.Count > MostStates)
            {
                throw new InvalidOperationException($"More than {MostStates:N0} states: make the scenario smaller.");
            }
        }

        var restless = Restless(before, atRest);
        return restless is { } lost
            ? new Exploration(numbers.Count, "It never comes to rest.", Way(ways, lost), protocol.Transitions)
            : new Exploration(numbers.Count, null, [], protocol.Transitions);
    }

    /// <summary>A state from which no state at rest can be reached.</summary>
    private static int? Restless(List<List<int>> before, List<int> atRest)
    {
        var reaches = new bool[before.Count];
        var waiting = new Stack<int>(atRest);
        while (waiting.TryPop(out var state))
        {
            if (!reaches[state])
            {
                reaches[state] = true;
                before[state].ForEach(waiting.Push);
            }
        }

        return Array.IndexOf(reaches, false) is >= 0 and var lost ? lost : null;
    }

    private static List<string> Way(List<(int From, string Step)> ways, int to)
    {
        var steps = new List<string>();
        for (; to > 0; to = ways[to].From)
        {
            steps.Add(ways[to].Step);
        }

        steps.Reverse();
        return steps;
    }
}

/// <summary>What an exploration saw: how many states, what is broken (null for nothing) and the steps that lead there.</summary>
internal sealed record Exploration(
    int States, string? Fault, IReadOnlyList<string> Way, IReadOnlySet<(Serverless.Ledger.ImageState? From, Serverless.Ledger.ImageState To)> Transitions)
{
    public override string ToString() => $"{States} states: {Fault ?? "nothing is broken"}\n{string.Join('\n', Way)}";
}
