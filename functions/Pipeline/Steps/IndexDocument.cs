using Serverless.Categories;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Search;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Makes the index say what a record says: a document of each live image with the model's vectors, and none of others. An image with
/// another model's vectors is not in the index.
/// </summary>
internal sealed class IndexDocument(ImageIndex index, Tagger tagger)
{
    /// <returns>False if the image must be judged again first.</returns>
    public async Task<bool> RunAsync(string id, ImageRecord? record, CancellationToken cancellation)
    {
        var isOfModel = record is not { IsLive: true } || tagger.Model.Made(record);
        if (record is { IsLive: true } && isOfModel)
        {
            var (labels, version) = await tagger.WithVersionAsync(record, cancellation);
            await index.UploadAsync(ImageDocument.Of(record).With(labels, version), cancellation);
        }
        else
        {
            await index.DeleteAsync(id, cancellation);
        }

        return isOfModel;
    }
}
