namespace Functions.Tests.Protocol.Conformance;

/// <summary>
/// Keeps every state in which the model may be, given what was seen of storage so far. Where there is none, the code has done
/// what the model does not: the model is wrong, or the code is.
/// </summary>
internal sealed class ModelFollower
{
    private readonly Scenario scenario;
    private readonly Protocol protocol;
    private readonly List<Successor> successors = [];
    private Dictionary<ulong, ModelState> states = [];
    private ulong seen;

    public ModelFollower(Scenario scenario)
    {
        this.scenario = scenario;
        protocol = new Protocol(scenario);
        Add(states, scenario.Start());
        seen = Observation.Key(scenario.Start(), scenario.Images);
    }

    /// <summary>
    /// True where the model can come from one of its states, by steps that change nothing that can be seen and then one that does, to this.
    /// </summary>
    public bool TryFollow(in ModelState observed)
    {
        var key = Observation.Key(observed, scenario.Images);
        if (key == seen)
        {
            return true;
        }

        var next = new Dictionary<ulong, ModelState>();
        Walk(
            (in ModelState state) =>
            {
                if (Observation.Key(state, scenario.Images) == key)
                {
                    Add(next, state);
                }
            }
        );
        (states, seen) = (next, key);
        return next.Count > 0;
    }

    /// <summary>True where the model may be at rest now, with nothing left to do.</summary>
    public bool MayRest()
    {
        var rests = false;
        Walk((in ModelState _) => { }, (in ModelState state) => rests |= protocol.AtRest(state) is null);
        return rests;
    }

    private delegate void Visit(in ModelState state);

    /// <summary>All that can be reached without a visible change; <paramref name="changed"/> sees the states behind one.</summary>
    private void Walk(Visit changed, Visit? atRest = null)
    {
        var visited = new HashSet<ulong>(states.Keys);
        var waiting = new Stack<ModelState>(states.Values);
        while (waiting.TryPop(out var state))
        {
            protocol.Next(state, successors);
            if (successors.Count == 0)
            {
                atRest?.Invoke(state);
            }

            foreach (var successor in successors)
            {
                var next = successor.State;
                if (Observation.Key(next, scenario.Images) != seen)
                {
                    changed(next);
                }
                else if (visited.Add(ModelState.Fingerprint(ref next)))
                {
                    waiting.Push(next);
                }
            }
        }
    }

    private static void Add(Dictionary<ulong, ModelState> states, ModelState state) => states[ModelState.Fingerprint(ref state)] = state;
}
