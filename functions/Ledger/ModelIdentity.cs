using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;

namespace Serverless.Ledger;

/// <summary>Tells whether vectors are the current model's. Those of another or an unknown model count as not judged.</summary>
internal static class ModelIdentity
{
    /// <summary>Same name and revision, and vectors of the model's lengths.</summary>
    public static bool Made(this EmbeddingModel model, ImageRecord record) =>
        model.Is(record.Model, record.ModelRevision) && model.WrongLength(record) is null;

    public static bool Made(this EmbeddingModel model, Announcement announcement) =>
        model.Is(announcement.Model, announcement.ModelRevision) && announcement.CopyVector.Length == model.CopyDimensions;

    public static bool Is(this EmbeddingModel model, string? name, string? revision) => name == model.Name && revision == model.Revision;

    /// <summary>What is wrong with the lengths of a record's vectors; null if they are right or absent.</summary>
    public static string? WrongLength(this EmbeddingModel model, ImageRecord record) =>
        record.Embedding.IsEmpty ? null
        : record.Embedding.Length != model.Dimensions ? Sentence("vector", record.Embedding.Length, model.Dimensions)
        : record.CopyDescriptor.Length != (model.CopyDescriptorDimensions ?? 0)
            ? Sentence("copy vector", record.CopyDescriptor.Length, model.CopyDescriptorDimensions ?? 0)
        : record.Turned.FirstOrDefault(turned => turned.Vector.Length != model.CopyDimensions) is { } turned
            ? Sentence($"vector for {turned.Turn}", turned.Vector.Length, model.CopyDimensions)
        : null;

    private static string Sentence(string what, int length, int expected) =>
        $"Its {what} has {length} elements; the model makes {expected}.";
}
