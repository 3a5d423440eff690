using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Serverless.Imaging.Metadata;

/// <summary>Photoshop's resource blocks, which contain IPTC in JPEG and some TIFFs.</summary>
internal static class PhotoshopResources
{
    private const int Iptc = 0x0404,
        IptcDigest = 0x0425,
        Xmp = 0x0424,
        Exif = 0x0422;

    public static void Find(ReadOnlyMemory<byte> data, MetadataBlocks blocks)
    {
        ReadOnlyMemory<byte> iptc = default,
            digest = default;
        for (var at = 0; Next(data, ref at, out var kind, out var resource); )
        {
            switch (kind)
            {
                case Iptc when iptc.IsEmpty:
                    iptc = resource;
                    break;
                case IptcDigest:
                    digest = resource;
                    break;
                case Xmp:
                    blocks.AddXmp(resource);
                    break;
                case Exif:
                    blocks.AddExif(resource);
                    break;
            }
        }

        if (!iptc.IsEmpty && blocks.Iptc.IsEmpty)
        {
            blocks.AddIptc(iptc);
            blocks.IptcIsOlder = IsAsDigested(iptc.Span, digest.Span);
        }
    }

    /// <summary>
    /// The writer of XMP stored a digest of IPTC: if it no longer matches, another program has changed IPTC since.
    /// </summary>
    private static bool IsAsDigested(ReadOnlySpan<byte> iptc, ReadOnlySpan<byte> digest)
    {
        if (digest.Length != MD5.HashSizeInBytes || !digest.ContainsAnyExcept((byte)0))
        {
            return true;
        }

#pragma warning disable CA5351 // The format's digest, not used for security.
        return MD5.HashData(iptc).AsSpan().SequenceEqual(digest);
#pragma warning restore CA5351
    }

    private static bool Next(ReadOnlyMemory<byte> data, ref int at, out int kind, out ReadOnlyMemory<byte> resource)
    {
        (kind, resource) = (0, default);
        var bytes = data.Span;
        if (at > bytes.Length - 12 || !bytes[at..].StartsWith("8BIM"u8))
        {
            return false;
        }

        kind = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 4)..]);
        var begin = at + 6 + ((bytes[at + 6] + 2) & ~1); // A name with its length, padded to an even size.
        if (begin > bytes.Length - 4 || BinaryPrimitives.ReadUInt32BigEndian(bytes[begin..]) > bytes.Length - begin - 4)
        {
            return false;
        }

        var size = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes[begin..]);
        resource = data.Slice(begin + 4, size);
        at = begin + 4 + ((size + 1) & ~1);
        return true;
    }
}
