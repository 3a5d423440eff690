namespace Bench.Quality.Drawings;

/// <summary>How much of its contents another picture of the same layout has changed.</summary>
internal enum Degree
{
    OneCharacter,
    OneField,
    SomeFields,
    EveryField,
}

/// <summary>
/// What a picture says, apart from how it is laid out: texts, numbers, colours, in the order in which they are drawn. The same
/// seed gives the same contents, except where a field is among the changed ones.
/// </summary>
internal sealed class Fields(int seed, Degree degree = Degree.OneField, IReadOnlySet<int>? changed = null)
{
    public int Count { get; private set; }

    /// <summary>A text; a change of one character takes another letter for a letter and another digit for a digit.</summary>
    public string Text(Func<Random, string> make) =>
        Pick(make, (random, text) => degree == Degree.OneCharacter ? OneCharacter(random, text) : Other(random, text, make));

    public int Number(int from, int below) => Pick(random => random.Next(from, below));

    /// <summary>A share in [0, 1]; a changed one differs by at least <paramref name="least"/>.</summary>
    public double Share(double least = 0.1) =>
        Pick(random => random.NextDouble(), (random, share) => (share + least + (random.NextDouble() * (1 - (2 * least)))) % 1);

    public bool Flag(double share = 0.5) => Pick(random => random.NextDouble() < share, (_, flag) => !flag);

    public T Of<T>(IReadOnlyList<T> choices)
        where T : notnull => choices[Number(0, choices.Count)];

    public T Pick<T>(Func<Random, T> make, Func<Random, T, T>? change = null)
        where T : notnull
    {
        var at = Count++;
        var value = make(new Random(HashCode(seed, at)));
        return changed?.Contains(at) != true ? value
            : change is null ? Other(new Random(HashCode(seed, at) ^ 0x5bd1e995), value, make)
            : change(new Random(HashCode(seed, at) ^ 0x5bd1e995), value);
    }

    /// <summary>Well mixed and the same in every process, unlike the one of .NET.</summary>
    public static int HashCode(int seed, int at)
    {
        var hash = unchecked((uint)((seed * 0x9E3779B1) + ((uint)at * 0x85EBCA77)));
        hash = unchecked((hash ^ (hash >> 15)) * 0x2C1B3C6D);
        hash = unchecked((hash ^ (hash >> 12)) * 0x297A2D39);
        return (int)((hash ^ (hash >> 15)) & 0x7FFFFFFF);
    }

    private static T Other<T>(Random random, T value, Func<Random, T> make)
        where T : notnull
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (make(random) is var other && !other.Equals(value))
            {
                return other;
            }
        }

        return value;
    }

    private static string OneCharacter(Random random, string text)
    {
        var places = Enumerable.Range(0, text.Length).Where(at => char.IsAsciiLetterOrDigit(text[at])).ToArray();
        if (places.Length == 0)
        {
            return text;
        }

        var place = places[random.Next(places.Length)];
        var (first, count) = text[place] switch
        {
            <= '9' => ('0', 10),
            <= 'Z' => ('A', 26),
            _ => ('a', 26),
        };
        var other = (char)(first + ((text[place] - first + 1 + random.Next(count - 1)) % count));
        return $"{text[..place]}{other}{text[(place + 1)..]}";
    }
}
