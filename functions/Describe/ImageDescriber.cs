using Azure;
using Microsoft.Extensions.Options;
using Serverless.Images;

namespace Serverless.Describe;

/// <summary>Describes a picture: from the cache, or with the model, in turn and within the budget.</summary>
internal sealed class ImageDescriber(
    ChatDescriber model,
    KnownDescriptions known,
    DescribeBudget budget,
    DescribePace pace,
    PictureSource pictures,
    IOptions<DescribeOptions> options
)
{
    private static readonly TimeSpan WhileClaimed = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan WhileBusy = TimeSpan.FromSeconds(30);

    public string Model => options.Value.Model ?? "";

    public bool Covers(ImageRecord record) => options.Value.Covers(record.Path.Name);

    public async Task<DescribeOutcome> DescribeAsync(ImageRecord record, CancellationToken cancellation)
    {
        var sha256 = record.Sha256!;
        var (text, claim) = await known.FindOrClaimAsync(sha256, cancellation);
        if (text is not null)
        {
            DescribeMetrics.Known();
            return new DescribeOutcome(text);
        }

        if (claim is not { } mine)
        {
            return new DescribeOutcome(null, Delay: WhileClaimed);
        }

        var outcome = new DescribeOutcome(null);
        try
        {
            outcome = await AskAsync(record, cancellation);
        }
        finally
        {
            if (outcome.Text is null)
            {
                await known.ReleaseAsync(sha256, mine);
            }
        }

        return outcome;
    }

    private async Task<DescribeOutcome> AskAsync(ImageRecord record, CancellationToken cancellation)
    {
        using var turn = await pace.TryEnterAsync(cancellation);
        if (turn is null)
        {
            return new DescribeOutcome(null, Delay: WhileBusy);
        }

        var picture = await pictures.JpegAsync(record, cancellation);
        if (picture.Jpeg is not { } jpeg)
        {
            return new DescribeOutcome(null, picture.Problem, IsFinal: true);
        }

        var (place, cap, nextMonth) = await budget.TakeAsync(cancellation);
        if (place is null)
        {
            return new DescribeOutcome(null, cap, Delay: nextMonth);
        }

        ChatAnswer? answer = null;
        try
        {
            answer = await model.AskAsync(jpeg, cancellation);
        }
        finally
        {
            // A cancelled request may have been charged: its reservation stays.
            if (answer is not null)
            {
                await budget.SettleAsync(place, answer.Used);
                DescribeMetrics.Asked(answer, options.Value);
            }
        }

        return await SettleAsync(record.Sha256!, answer);
    }

    private async Task<DescribeOutcome> SettleAsync(string sha256, ChatAnswer answer)
    {
        if (answer.Text is { } text)
        {
            await known.KeepAsync(sha256, text);
            return new DescribeOutcome(text);
        }

        if (answer.RetryAfter is not null)
        {
            pace.Pause(answer.RetryAfter);
        }

        return new DescribeOutcome(null, answer.Problem, answer.RetryAfter, answer.Weight, answer.IsFinal);
    }
}
