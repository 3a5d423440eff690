using Serverless.Images;

namespace Functions.Tests.Protocol;

/// <summary>
/// Visits every state that can be reached, whatever the order of steps, and says the shortest way to a broken one. Where all are
/// visited, it also says whether the system can always come to rest: from no state do all ways go on for ever. Of a state it
/// keeps a fingerprint, where it came from and where it leads, so that tens of millions fit into memory.
/// </summary>
internal sealed class Explorer(Scenario scenario)
{
    private const int MostStates = 400_000_000;

    private readonly Protocol protocol = new(scenario);
    private readonly FingerprintTable seen = new();
    private readonly List<int> from = [-1];
    private readonly List<int> leadsTo = [];
    private readonly List<bool> rests = [];

    public static Exploration Run(Scenario scenario) => new Explorer(scenario).Run();

    private Exploration Run()
    {
        var start = scenario.Start();
        seen.TryAdd(ModelState.Fingerprint(ref start), out _);
        var level = new List<ModelState> { start };
        var number = 0;
        var successors = new List<Successor>();
        while (level.Count > 0)
        {
            var next = new List<ModelState>();
            foreach (var state in level)
            {
                if (Visit(state, number++, successors, next) is { } found)
                {
                    return found;
                }
            }

            level = next;
            if (seen.Count > MostStates)
            {
                throw new InvalidOperationException($"More than {MostStates:N0} states: make the scenario smaller.");
            }
        }

        return Restless() is { } lost
            ? Broken("It never comes to rest.", lost)
            : new Exploration(seen.Count, null, [], protocol.Transitions);
    }

    private Exploration? Visit(in ModelState state, int number, List<Successor> successors, List<ModelState> level)
    {
        try
        {
            protocol.Next(state, successors);
        }
        catch (InvalidOperationException tooMuch)
        {
            return Broken(tooMuch.Message, number);
        }

        rests.Add(successors.Count == 0);
        if (successors.Count == 0 && protocol.AtRest(state) is { } stuck)
        {
            return Broken(stuck, number);
        }

        foreach (var successor in successors)
        {
            var next = successor.State;
            if (seen.TryAdd(ModelState.Fingerprint(ref next), out var to))
            {
                from.Add(number);
                level.Add(next);
                if (protocol.Always(next) is { } fault)
                {
                    return Broken(fault, to);
                }
            }

            if (successor.Fault is { } broken)
            {
                return Broken(broken, number, successor.Label);
            }

            leadsTo.Add(to);
        }

        // The end of what this state leads to.
        leadsTo.Add(-1);
        return null;
    }

    private Exploration Broken(string fault, int number, Label? last = null)
    {
        var way = Way(number);
        return new Exploration(seen.Count, fault, last is { } label ? [.. way, label.ToString()] : way, protocol.Transitions);
    }

    /// <summary>A state from which no state at rest can be reached.</summary>
    private int? Restless()
    {
        var reaches = rests.ToArray();
        bool isMore;
        do
        {
            isMore = false;
            var state = reaches.Length - 1;
            for (var edge = leadsTo.Count - 2; edge >= -1; edge--)
            {
                if (edge == -1 || leadsTo[edge] == -1)
                {
                    state--;
                }
                else if (!reaches[state] && reaches[leadsTo[edge]])
                {
                    reaches[state] = true;
                    isMore = true;
                }
            }
        } while (isMore);
        return Array.IndexOf(reaches, false) is >= 0 and var lost ? lost : null;
    }

    /// <summary>The steps from the start: what was done between two states is found again by doing it.</summary>
    private List<string> Way(int to)
    {
        var numbers = new Stack<int>();
        for (; to > 0; to = from[to])
        {
            numbers.Push(to);
        }

        var steps = new List<string>();
        var state = scenario.Start();
        var successors = new List<Successor>();
        foreach (var number in numbers)
        {
            protocol.Next(state, successors);
            foreach (var successor in successors)
            {
                var next = successor.State;
                if (!seen.TryAdd(ModelState.Fingerprint(ref next), out var reached) && reached == number)
                {
                    steps.Add(successor.Label.ToString());
                    state = next;
                    break;
                }
            }
        }

        return steps;
    }
}

/// <summary>What an exploration saw: how many states, what is broken (null for nothing) and the steps that lead there.</summary>
internal sealed record Exploration(
    int States,
    string? Fault,
    IReadOnlyList<string> Way,
    IReadOnlySet<(Serverless.Images.ImageState? From, Serverless.Images.ImageState? To)> Transitions
)
{
    public override string ToString() => $"{States:N0} states: {Fault ?? "nothing is broken"}\n{string.Join('\n', Way)}";
}
