using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Pipeline.Steps;

/// <summary>Writes a person's texts about a picture into its record and the index. Models never overwrite them.</summary>
internal sealed class EditDescription(ImageLedger ledger, PublishImage publish)
{
    /// <param name="altText">Null leaves it unchanged; empty removes it.</param>
    /// <param name="text">The same for the description.</param>
    public async Task<EditOutcome> RunAsync(string id, string? altText, string? text, CancellationToken cancellation)
    {
        while (true)
        {
            var record = await ledger.FindAsync(id, cancellation);
            if (record is not { State: ImageState.Indexed, Sha256: { } sha256 })
            {
                return record is null or { State: ImageState.Removed } ? EditOutcome.Unknown : EditOutcome.NotNow;
            }

            var edited = (record.Description ?? new ImageDescription { Sha256 = sha256 }).Edited(altText, text);
            if (await ledger.TryWriteAsync(record with { LastDescription = edited }, cancellation) is not null)
            {
                await publish.RunAsync(id, cancellation);
                return EditOutcome.Done;
            }
        }
    }
}
