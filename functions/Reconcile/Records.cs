using Serverless.Embeddings;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>The records of a range as a comparison needs them.</summary>
internal sealed class Records(EmbeddingModel model, IdRange range)
{
    private const string Unknown = "Its record names no model.";

    public Dictionary<string, ImageBrief> Briefs { get; } = [];

    /// <summary>Why the vectors of a record are not those of the model in use, by id.</summary>
    public Dictionary<string, string> OfOtherModel { get; } = [];

    /// <summary>Rows that are no record's.</summary>
    public List<Finding> Strays { get; } = [];

    /// <summary>The highest place that any record has, whatever the range.</summary>
    public long Highest { get; private set; }

    /// <summary>How many rows were read in full.</summary>
    public long Read { get; private set; }

    /// <summary>Where every image stands; the rows written since a time in full.</summary>
    public async Task ReadAsync(ImageLedger ledger, DateTimeOffset? since, CancellationToken cancellation)
    {
        if (since is not null)
        {
            await foreach (var brief in ledger.BriefsAsync(cancellation))
            {
                Add(brief, null);
            }
        }

        await foreach (var record in ledger.RecordsAsync(since, cancellation))
        {
            Read += range.Contains(record.Id) ? 1 : 0;
            Add(ImageBrief.Of(record), model.WrongLength(record));
        }

        range.Trim(Briefs);
        range.Trim(OfOtherModel);
        Strays.RemoveAll(stray => !range.Contains(stray.Id));
        Read = since is null ? Briefs.Count + Strays.Count : Read;
    }

    private void Add(ImageBrief brief, string? wrongLength)
    {
        if (!ImagePath.IsId(brief.Id))
        {
            Strays.Add(new Finding(DifferenceKind.UnreadableRecord, brief.Id, null, Reason: "Its key is no id: the app did not write it."));
            return;
        }

        Highest = Math.Max(Highest, brief.Sequence);
        range.Add(Briefs, brief.Id, brief);
        if (!range.Contains(brief.Id))
        {
            return;
        }

        if (!model.Is(brief.Model, brief.ModelRevision))
        {
            OfOtherModel[brief.Id] = brief.Model is null
                ? Unknown
                : $"It was judged by '{brief.Model}', revision {brief.ModelRevision ?? "unknown"}.";
        }
        else if (wrongLength is not null)
        {
            OfOtherModel[brief.Id] = wrongLength;
        }
        else
        {
            OfOtherModel.Remove(brief.Id);
        }
    }
}
