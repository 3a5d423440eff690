using Serverless.Ledger;

namespace Serverless.Review;

/// <summary>A row of the list of duplicates with its score.</summary>
/// <param name="Bar">The bar of the histogram that the similarity falls into.</param>
internal readonly record struct ScoredImage(string Id, DuplicateKind Kind, DuplicateFinding Finding, double Similarity, int Bar);

/// <summary>The counts of one pass over stored scores.</summary>
internal sealed class WhatIfCount(int examples)
{
    private readonly PriorityQueue<(string Id, double Similarity), double> added = new();
    private readonly PriorityQueue<(string Id, double Similarity), double> released = new();

    public Dictionary<(int Bar, DuplicateKind Kind), (int Count, int Confirmed)> Bars { get; } = [];

    public int Scored { get; private set; }

    public int AtLeast { get; private set; }

    public int Quarantined { get; private set; }

    public int Confirmed { get; private set; }

    public int Today { get; private set; }

    public int Added { get; private set; }

    public int Released { get; private set; }

    /// <summary>Nearest to the threshold: the least similar.</summary>
    public IEnumerable<(string Id, double Similarity)> AddedExamples => added.UnorderedItems.Select(item => item.Element);

    /// <summary>Nearest to the threshold: the most similar.</summary>
    public IEnumerable<(string Id, double Similarity)> ReleasedExamples => released.UnorderedItems.Select(item => item.Element);

    /// <param name="isAtLeast">Whether its score reaches the threshold asked about.</param>
    /// <param name="isQuarantined">Whether that threshold would quarantine it.</param>
    public void Add(ScoredImage image, bool isAtLeast, bool isQuarantined)
    {
        var isDuplicateToday = image.Kind is DuplicateKind.Quarantined or DuplicateKind.Copy;
        var isConfirmed = image.Finding is DuplicateFinding.SameBytes or DuplicateFinding.SamePixels or DuplicateFinding.PixelsAgree;
        Scored++;
        AtLeast += isAtLeast ? 1 : 0;
        Quarantined += isQuarantined ? 1 : 0;
        Confirmed += isQuarantined && isConfirmed ? 1 : 0;
        Today += isDuplicateToday ? 1 : 0;
        var counted = Bars.GetValueOrDefault((image.Bar, image.Kind));
        Bars[(image.Bar, image.Kind)] = (counted.Count + 1, counted.Confirmed + (isConfirmed ? 1 : 0));
        if (isQuarantined && !isDuplicateToday)
        {
            Added++;
            Keep(added, image.Id, image.Similarity, -image.Similarity);
        }
        else if (isDuplicateToday && !isQuarantined)
        {
            Released++;
            Keep(released, image.Id, image.Similarity, image.Similarity);
        }
    }

    public WhatIfCount With(WhatIfCount other)
    {
        (Scored, AtLeast, Quarantined, Confirmed) = (
            Scored + other.Scored,
            AtLeast + other.AtLeast,
            Quarantined + other.Quarantined,
            Confirmed + other.Confirmed
        );
        (Today, Added, Released) = (Today + other.Today, Added + other.Added, Released + other.Released);
        foreach (var (key, value) in other.Bars)
        {
            Bars[key] = value;
        }

        foreach (var example in other.AddedExamples)
        {
            Keep(added, example.Id, example.Similarity, -example.Similarity);
        }

        foreach (var example in other.ReleasedExamples)
        {
            Keep(released, example.Id, example.Similarity, example.Similarity);
        }

        return this;
    }

    /// <summary>Keeps the items of the highest priority.</summary>
    private void Keep(PriorityQueue<(string Id, double Similarity), double> queue, string id, double similarity, double priority)
    {
        queue.Enqueue((id, similarity), priority);
        if (queue.Count > examples)
        {
            queue.Dequeue();
        }
    }
}
