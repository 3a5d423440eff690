using System.Net;
using System.Text.RegularExpressions;
using Azure;
using Azure.Search.Documents.Indexes;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Serverless.Ledger;
using Serverless.Search;

namespace Serverless.Models;

/// <summary>Tells which model filled an index: for an app whose earlier version noted none.</summary>
internal sealed partial class IndexOwner(SearchIndexClient indexes)
{
    /// <summary>The choice that filled the index of the settings; null if there is none, or its model is not known by name.</summary>
    public async Task<ModelState?> StateOfAsync(ModelChoice settings, CancellationToken cancellation)
    {
        try
        {
            var index = (await indexes.GetIndexAsync(settings.Index, cancellation)).Value;
            var profile = index.Fields.FirstOrDefault(field => field.Name == ImageDocument.EmbeddingField)?.VectorSearchProfileName ?? "";
            var name = Revision().Replace(profile, "");
            var isKnown = name == ModelFolder.Default || ModelCatalogue.Entries.Any(entry => entry.Name == name);
            var filled = new ModelChoice(EmbeddingOptions.Onnx, name, settings.Index);
            return isKnown && profile != name ? new ModelState { InForce = filled, Settings = filled } : null;
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    [GeneratedRegex("-[0-9a-f]{12}$")]
    private static partial Regex Revision();
}
