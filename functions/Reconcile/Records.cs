using Serverless.Embeddings;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>The records of a range, for the comparison.</summary>
internal sealed class Records(EmbeddingModel model, IdRange range)
{
    private const string Unknown = "Its record does not name a model.";

    public Dictionary<string, ImageBrief> Briefs { get; } = [];

    /// <summary>Why a record's vectors are not the current model's, by id.</summary>
    public Dictionary<string, string> OfOtherModel { get; } = [];

    /// <summary>Rows that are not records.</summary>
    public List<Finding> Strays { get; } = [];

    /// <summary>The highest place in any record, in or out of the range.</summary>
    public long Highest { get; private set; }

    /// <summary>The number of rows read in full.</summary>
    public long Read { get; private set; }

    /// <summary>The state of every image; rows written since a time in full.</summary>
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
            Strays.Add(
                new Finding(DifferenceKind.UnreadableRecord, brief.Id, null, Reason: "Its key is not an id: the " + "app did not write it.")
            );
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
