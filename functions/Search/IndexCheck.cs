using Azure.Search.Documents.Indexes.Models;

namespace Serverless.Search;

/// <summary>Whether an index of the service is what this version and model need.</summary>
internal static class IndexCheck
{
    /// <exception cref="ModelMismatchException">It has vectors of another model, or was not made by this version.</exception>
    public static void Run(SearchIndex index, IndexDefinition definition)
    {
        foreach (var wanted in definition.Fields)
        {
            var field = index.Fields.FirstOrDefault(field => field.Name == wanted.Name);
            if (field is null && wanted.CanBeAdded)
            {
                continue;
            }

            if (field is null || field.Type.ToString() != wanted.Type)
            {
                throw new ModelMismatchException(
                    $"The index '{index.Name}' has no field '{wanted.Name}' of type {wanted.Type}: it was not made by this version. "
                        + "Set Search:Index to a new name, restart and POST /api/backfill: every image is judged and indexed again."
                );
            }

            if (
                wanted.Dimensions is not null
                && (field.VectorSearchDimensions != wanted.Dimensions || field.VectorSearchProfileName != definition.Profile)
            )
            {
                throw new ModelMismatchException(
                    $"The index '{index.Name}' contains vectors of '{field.VectorSearchProfileName}' "
                        + $"({field.VectorSearchDimensions} dimensions), "
                        + $"but the app is configured for '{definition.Profile}' ({wanted.Dimensions} dimensions); "
                        + "vectors of different models "
                        + "cannot be compared. "
                        + "Change Embedding:Provider and Embedding:Model back, or set Search:Index to a new name, restart and POST "
                        + "/api/backfill: every image is judged and indexed again."
                );
            }
        }
    }
}
