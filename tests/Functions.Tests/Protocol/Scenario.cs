namespace Functions.Tests.Protocol;

/// <summary>What happens, and what may go wrong.</summary>
/// <param name="Script">
/// What people do: persons separated by '|', each does one thing after another at any moment. "u1" uploads or replaces image 1,
/// "d1" deletes it, "r1" restores it from quarantine, "x1" deletes it from there.
/// </param>
internal sealed record Scenario(string Script)
{
    public Mutation Mutation { get; init; }

    /// <summary>What people did before, one after another, each carried out to its end.</summary>
    public string Before { get; init; } = "";

    /// <summary>Workers that end at any step; the message comes again.</summary>
    public int Crashes { get; init; }

    /// <summary>Messages that are delivered though they were handled, or are being handled.</summary>
    public int Repeats { get; init; }

    /// <summary>Waits that are given up.</summary>
    public int Impatience { get; init; }

    /// <summary>
    /// How often a worker takes longer than the visibility window from its place in the log to the row that tells of it, so that
    /// the second look comes first.
    /// </summary>
    public int Stalls { get; init; } = 1;

    /// <summary>
    /// Between reading a row and writing to the index what it said, less than the visibility window passes. False: everything may
    /// take as long as it likes.
    /// </summary>
    public bool IsTimely { get; init; } = true;

    /// <summary>Pairs of images that do not match each other, such as "02".</summary>
    public string Strangers { get; init; } = "";

    /// <summary>The images that are better copies than those before them and those not named: the best is kept (Duplicates:Keep).</summary>
    public string Better { get; init; } = "";

    /// <summary>At no moment are two that match live, as long as nobody replaces, deletes or is impatient.</summary>
    public bool IsOnlyOneLiveAlways { get; init; }

    /// <summary>
    /// After a crash, or where people replace and delete, a copy may stay in quarantine that no row needs; nothing is lost by it.
    /// </summary>
    public bool MayStayTwice { get; init; }

    public string[] Persons { get; private init; } = Script.Split('|');

    public int Images => (Before + Script).Where(char.IsAsciiDigit).Distinct().Count();

    public bool HasRestores => (Before + Script).Contains('r', StringComparison.Ordinal);

    public bool Matches(int image, int other) =>
        image != other && !Strangers.Contains($"{Math.Min(image, other)}{Math.Max(image, other)}", StringComparison.Ordinal);

    public bool IsBetter(int image, int other) =>
        Better.IndexOf((char)('0' + image), StringComparison.Ordinal) > Better.IndexOf((char)('0' + other), StringComparison.Ordinal);

    public ModelState Start()
    {
        var state = default(ModelState);
        var successors = new List<Successor>();
        foreach (var act in Before.Chunk(2))
        {
            var protocol = new Protocol(this with { Script = new string(act), Persons = [new string(act)] });
            for (protocol.Next(state, successors); successors.Count > 0; protocol.Next(state, successors))
            {
                state = successors[0].State;
            }

            state.Done = default;
        }

        (state.Crashes, state.Repeats, state.Impatience, state.Stalls) = ((byte)Crashes, (byte)Repeats, (byte)Impatience, (byte)Stalls);
        return state;
    }

    public override string ToString() =>
        $"{(Before.Length > 0 ? $"{Before}, then " : "")}{Script} {Mutation} crashes {Crashes} repeats {Repeats} impatience {Impatience}{(Better.Length > 0 ? $" better {Better}" : "")}{(Strangers.Length > 0 ? $" strangers {Strangers}" : "")}";
}
