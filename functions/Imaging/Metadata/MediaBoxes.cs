namespace Serverless.Imaging.Metadata;

/// <summary>Boxes one after the other, as AVIF, HEIC and CR3 are made of them.</summary>
internal static class MediaBoxes
{
    /// <summary>The contents of the first box of a kind; empty where there is none, whole.</summary>
    public static ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> boxes, ReadOnlySpan<byte> kind)
    {
        while (Next(ref boxes, out var name, out var contents))
        {
            if (name.SequenceEqual(kind))
            {
                return contents;
            }
        }

        return default;
    }

    /// <summary>The first box, of which <paramref name="boxes"/> then holds what follows; false where there is none, whole.</summary>
    public static bool Next(ref ReadOnlyMemory<byte> boxes, out ReadOnlySpan<byte> name, out ReadOnlyMemory<byte> contents)
    {
        contents = default;
        if (!IsoMedia.Box(boxes.Span, out name, out var inside, out var next))
        {
            return false;
        }

        contents = boxes[(next - inside.Length)..next];
        boxes = boxes[next..];
        return true;
    }
}
