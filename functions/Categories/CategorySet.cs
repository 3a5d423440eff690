using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Serverless.Embeddings;
using Serverless.Labels;

namespace Serverless.Categories;

/// <summary>The categories that pictures are compared with: those with a vector of the model in use.</summary>
internal sealed class CategorySet
{
    private readonly List<(string Name, CategoryFit Fit)> fitted;

    public CategorySet(CategoryShelf shelf, EmbeddingModel model)
    {
        var key = StoredCategory.KeyOf(model);
        Shelf = shelf;
        fitted = [.. shelf.Categories.Where(one => one.Fits.ContainsKey(key)).Select(one => (one.Name, one.Fits[key]))];
        Version = fitted.Count == 0 ? null : Hash();
    }

    public CategoryShelf Shelf { get; }

    /// <summary>Changes when pictures have to be compared again; null where there is nothing to compare them with.</summary>
    public string? Version { get; }

    /// <summary>The categories that a picture belongs to, the nearest first.</summary>
    public IReadOnlyList<FoundLabel> Of(ReadOnlySpan<float> picture)
    {
        var found = new List<FoundLabel>();
        foreach (var (name, fit) in fitted)
        {
            var cosine = TensorPrimitives.Dot(picture, fit.Vector.Span);
            if (cosine >= fit.Threshold)
            {
                found.Add(new FoundLabel(name, cosine));
            }
        }

        found.Sort((left, right) => right.Certainty.CompareTo(left.Certainty));
        return found;
    }

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, fit) in fitted)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n"));
            hash.AppendData(BitConverter.GetBytes(fit.Threshold));
            hash.AppendData(MemoryMarshal.AsBytes(fit.Vector.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
    }
}
