using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Pipeline.Steps;

/// <summary>What a person says of a picture; what is null stays unchanged.</summary>
/// <param name="AltText">Empty removes it.</param>
/// <param name="Text">The description; empty removes it.</param>
/// <param name="Refused">All labels that it does not deserve.</param>
internal sealed record ImageEdit(string? AltText, string? Text, IReadOnlyList<RefusedLabel>? Refused)
{
    public bool IsEmpty => this is { AltText: null, Text: null, Refused: null };
}

/// <summary>Writes what a person says of a picture into its record and the index. Models never overwrite it.</summary>
internal sealed class EditImage(ImageLedger ledger, PublishImage publish)
{
    public async Task<EditOutcome> RunAsync(string id, ImageEdit edit, CancellationToken cancellation)
    {
        while (true)
        {
            var record = await ledger.FindAsync(id, cancellation);
            if (record is not { State: ImageState.Indexed, Sha256: { } sha256 })
            {
                return record is null or { State: ImageState.Removed } ? EditOutcome.Unknown : EditOutcome.NotNow;
            }

            var edited = record with
            {
                LastDescription = edit is { AltText: null, Text: null }
                    ? record.LastDescription
                    : (record.Description ?? new ImageDescription { Sha256 = sha256 }).Edited(edit.AltText, edit.Text),
                LastRefusals = edit.Refused is { } refused ? new LabelRefusals(sha256, refused) : record.LastRefusals,
            };
            if (await ledger.TryWriteAsync(edited, cancellation) is not null)
            {
                await publish.RunAsync(id, cancellation);
                return EditOutcome.Done;
            }
        }
    }
}
