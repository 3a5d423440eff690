using Microsoft.Extensions.AI;
using NetVips;
using Serverless.Duplicates;
using Serverless.Duplicates.Originals;
using Serverless.Embeddings;
using Serverless.Imaging;

namespace Local.Calibration;

/// <summary>Turns a file into what the app compares, exactly as for an upload.</summary>
internal sealed class SubjectReader(ImageReader reader, IEmbeddingGenerator<CheckedImage, ImageEmbedding> embedder, CopyVectors copyVectors)
{
    /// <summary>Pictures are shrunk to this side before copies are made: fingerprints use far fewer pixels.</summary>
    private const int LongestSide = 1024;

    /// <summary>The subject, or null if the bytes are not a usable image.</summary>
    public async Task<Subject?> ReadAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (reader.Check(bytes).Image is not { } image)
        {
            return null;
        }

        return await ReadAsync(image, cancellation);
    }

    /// <summary>The file behind a subject, reread for the full comparison.</summary>
    public Original Original(string sha256, Func<CancellationToken, Task<ReadOnlyMemory<byte>>> read) =>
        new(
            sha256,
            0,
            async cancellation => reader.Check(await read(cancellation)).Image is { } image && image.Sha256 == sha256 ? image : null,
            _ => Task.FromResult(true)
        );

    public async Task<Subject> ReadAsync(CheckedImage image, CancellationToken cancellation)
    {
        var embedding = (await embedder.GenerateAsync([image], cancellationToken: cancellation))[0];
        var fingerprint = reader.Fingerprint(image);
        var vectors = await copyVectors.OfAsync(image, fingerprint, embedding, cancellation);
        return new Subject(image.Sha256, vectors.CopyDescriptor ?? embedding.Vector, fingerprint) { Turned = vectors.Turned };
    }

    /// <summary>The picture to copy: upright, RGB, at most 1,024 pixels a side; null if it cannot be decoded.</summary>
    public Image? Picture(ReadOnlyMemory<byte> bytes)
    {
        if (reader.Check(bytes).Image is null)
        {
            return null;
        }

        try
        {
            using var small = Image.ThumbnailBuffer(bytes.ToArray(), LongestSide, size: Enums.Size.Down, height: LongestSide);
            using var srgb = small.Colourspace(Enums.Interpretation.Srgb);
            using var opaque = srgb.HasAlpha() ? srgb.Flatten(background: [255.0]) : srgb.Copy();
            return opaque.ExtractBand(0, n: 3).Cast(Enums.BandFormat.Uchar).CopyMemory();
        }
        catch (VipsException)
        {
            return null;
        }
    }
}
