using System.Globalization;
using System.Text;

namespace Serverless.Imaging.Vector;

/// <summary>How a path is painted. Colours as in SVG; null for none.</summary>
internal sealed record SvgPaint
{
    public string? Fill { get; init; }

    public double FillOpacity { get; init; } = 1;

    public bool IsEvenOdd { get; init; }

    public string? Stroke { get; init; }

    public double StrokeOpacity { get; init; } = 1;

    /// <summary>The other attributes of a stroke, as SVG.</summary>
    public string StrokeStyle { get; init; } = "";

    /// <summary>Glyphs of a run: painted together, they look the same.</summary>
    public bool IsText { get; init; }

    /// <summary>
    /// Whether two paths painted one after the other look the same as one of both: opaque strokes do, overlapping fills may not.
    /// </summary>
    public bool CanBeJoined => Fill is null ? StrokeOpacity >= 1 : IsText && Stroke is null && FillOpacity >= 1;
}

/// <summary>A region that painting is limited to.</summary>
/// <param name="Id">0 for the whole page.</param>
/// <param name="Box">Set if it is a rectangle: left, top, right, bottom.</param>
internal sealed record SvgClip(int Id, (double Left, double Top, double Right, double Bottom)? Box);

/// <summary>Writes an SVG of paths and pictures: one page of a document. Coordinates are points from the top left corner.</summary>
internal sealed class SvgCanvas(double width, double height)
{
    /// <summary>librsvg reads a million elements.</summary>
    private const int MostElements = 900_000;
    private const int MostLength = 150_000_000;
    private const int MostJoined = 1 << 18;

    private readonly StringBuilder body = new();
    private readonly StringBuilder clips = new();
    private readonly Dictionary<string, SvgClip> known = [];
    private readonly StringBuilder path = new();
    private SvgPaint? paint;
    private int clip;
    private int pathClip;
    private int elements;

    public SvgClip Whole { get; } = new(0, (0, 0, width, height));

    /// <exception cref="UnsupportedImageException">The page has more than a renderer can take.</exception>
    public void Path(string data, SvgPaint with, SvgClip within)
    {
        if (data.Length == 0 || within.Box is { } box && (box.Left >= box.Right || box.Top >= box.Bottom))
        {
            return;
        }

        if (paint != with || pathClip != within.Id || !with.CanBeJoined || path.Length > MostJoined)
        {
            End();
            (paint, pathClip) = (with, within.Id);
        }

        path.Append(data);
    }

    /// <param name="matrix">From the unit square, with the picture's top at 0, to the page.</param>
    public void Picture(string reference, string matrix, double opacity, SvgClip within)
    {
        End();
        Within(within.Id);
        Count();
        body.Append(
            CultureInfo.InvariantCulture,
            $"<image transform=\"matrix({matrix})\" width=\"1\" height=\"1\" preserveAspectRatio=\"none\""
        );
        Opacity("opacity", opacity);
        body.Append(" xlink:href=\"").Append(reference).Append("\"/>\n");
    }

    /// <param name="box">Set if the path is a rectangle.</param>
    public SvgClip Clip(SvgClip within, string data, bool isEvenOdd, (double Left, double Top, double Right, double Bottom)? box)
    {
        if (box is { } inner && within.Box is { } outer)
        {
            box = (
                Math.Max(inner.Left, outer.Left),
                Math.Max(inner.Top, outer.Top),
                Math.Min(inner.Right, outer.Right),
                Math.Min(inner.Bottom, outer.Bottom)
            );
            if (box == within.Box)
            {
                return within;
            }

            var (left, top, right, bottom) = box.Value;
            data = string.Create(
                CultureInfo.InvariantCulture,
                $"M{left:0.###} {top:0.###}H{Math.Max(left, right):0.###}V{Math.Max(top, bottom):0.###}H{left:0.###}Z"
            );
            within = Whole;
        }
        else
        {
            box = null;
        }

        var key = $"{within.Id} {isEvenOdd} {data}";
        if (!known.TryGetValue(key, out var clip))
        {
            Count();
            clip = new SvgClip(known.Count + 1, box);
            known.Add(key, clip);
            clips.Append(CultureInfo.InvariantCulture, $"<clipPath id=\"c{clip.Id}\"");
            clips.Append(within.Id > 0 ? string.Create(CultureInfo.InvariantCulture, $" clip-path=\"url(#c{within.Id})\"") : "");
            clips.Append(isEvenOdd ? "><path clip-rule=\"evenodd\" d=\"" : "><path d=\"").Append(data).Append("\"/></clipPath>\n");
        }

        return clip;
    }

    /// <summary>The page on white, in this many pixels.</summary>
    public byte[] Finish(int pixelWidth, int pixelHeight)
    {
        End();
        Within(0);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{pixelWidth}\" "
                + $"height=\"{pixelHeight}\" viewBox=\"0 0 {width:0.####} {height:0.####}\" preserveAspectRatio=\"none\">\n"
        );
        return Encoding.UTF8.GetBytes($"{head}<defs>\n{clips}</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{body}</svg>");
    }

    private void End()
    {
        if (path.Length == 0 || paint is null)
        {
            return;
        }

        Within(pathClip);
        Count();
        body.Append("<path");
        body.Append(" fill=\"").Append(paint.Fill ?? "none").Append('"');
        if (paint.Fill is not null)
        {
            Opacity("fill-opacity", paint.FillOpacity);
            body.Append(paint.IsEvenOdd ? " fill-rule=\"evenodd\"" : "");
        }

        if (paint.Stroke is not null)
        {
            body.Append(" stroke=\"").Append(paint.Stroke).Append('"').Append(paint.StrokeStyle);
            Opacity("stroke-opacity", paint.StrokeOpacity);
        }

        body.Append(" d=\"").Append(path).Append("\"/>\n");
        path.Clear();
    }

    private void Opacity(string name, double value)
    {
        if (value < 1)
        {
            body.Append(CultureInfo.InvariantCulture, $" {name}=\"{Math.Max(0, value):0.###}\"");
        }
    }

    private void Within(int id)
    {
        if (id == clip)
        {
            return;
        }

        body.Append(clip > 0 ? "</g>\n" : "");
        body.Append(id > 0 ? string.Create(CultureInfo.InvariantCulture, $"<g clip-path=\"url(#c{id})\">\n") : "");
        clip = id;
    }

    private void Count()
    {
        if (++elements > MostElements || body.Length + clips.Length > MostLength)
        {
            throw new UnsupportedImageException("The page has more paths than any drawing needs: save it again, or as an image.");
        }
    }
}
