using System.Globalization;
using System.Security;
using System.Text;
using Otlp;

namespace Trace;

/// <summary>A trace as a picture: a bar for each span, under the one that led to it, along the time.</summary>
internal static class Drawing
{
    private const int Row = 17;
    private const int Left = 330;
    private const int Width = 560;
    private const int Top = 64;

    public static string Of(IReadOnlyList<Span> trace, string caption)
    {
        // The calls of the Azure clients, not the HTTP requests within them; and what happened before the host was told is cut off.
        var rows = Ordered([
            .. trace.Where(span => span.Scope != "Azure.Core.Http" && !span.Scope.StartsWith("System.Net", StringComparison.Ordinal)),
        ]);
        var root = trace.Single(span => span.ParentId.Length == 0);
        var total = Milliseconds(root.Start, root.End);
        var height = Top + (rows.Count * Row) + 16;
        var svg = new StringBuilder(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Left
                    + Width
                    + 80} {height}" font-family="system-ui, sans-serif" font-size="11">
                <rect width="100%" height="100%" fill="#ffffff"/>
                <text x="12" y="20" font-size="14" font-weight="600" fill="#1b1f24">Event to verdict: one trace, {total:0} ms</text>
                <text x="12" y="38" fill="#57606a">{SecurityElement.Escape(caption)}</text>

                """
            )
        );
        Legend(svg);
        for (var index = 0; index < rows.Count; index++)
        {
            var (span, depth) = rows[index];
            var start = Math.Max(0, Milliseconds(root.Start, span.Start));
            var end = Math.Clamp(Milliseconds(root.Start, span.End), start, total);
            var y = Top + (index * Row);
            var x = Left + (start / total * Width);
            var width = Math.Max(1.5, (end - start) / total * Width);
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<text x="{12 + (depth * 12)}" y="{y + 12}" fill="#1b1f24">{SecurityElement.Escape(Label(span))}</text>"""
            );
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<rect x="{x:0.0}" y="{y + 3}" width="{width:0.0}" height="11" rx="2" fill="{Colour(span)}"/>"""
            );
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<text x="{x + width + 4:0.0}" y="{y + 12}" fill="#57606a">{Milliseconds(span.Start, span.End):0.0} ms</text>"""
            );
        }

        return svg.AppendLine("</svg>").ToString();
    }

    private static List<(Span Span, int Depth)> Ordered(List<Span> spans)
    {
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        var rows = new List<(Span, int)>();
        void Add(Span span, int depth)
        {
            rows.Add((span, depth));
            foreach (var child in spans.Where(other => other.ParentId == span.SpanId).OrderBy(other => other.Start))
            {
                Add(child, depth + 1);
            }
        }

        foreach (var first in spans.Where(span => !ids.Contains(span.ParentId)).OrderBy(span => span.Start))
        {
            Add(first, 0);
        }

        return rows;
    }

    private static void Legend(StringBuilder svg)
    {
        var x = 12;
        foreach (
            var (name, colour) in new[] { ("Functions host", "#8250df"), ("app", "#1a7f37"), ("Storage", "#0969da"), ("Search", "#bc4c00") }
        )
        {
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<rect x="{x}" y="46" width="10" height="10" rx="2" fill="{colour}"/>"""
                    + $"""<text x="{x + 15}" y="55" fill="#57606a">{name}</text>"""
            );
            x += 35 + (name.Length * 6);
        }
    }

    private static string Label(Span span) => span.Name.Length <= 44 ? span.Name : span.Name[..43] + "…";

    private static string Colour(Span span) =>
        span.Service == "functions-host" ? "#8250df"
        : span.Scope.StartsWith("Azure.Search", StringComparison.Ordinal) ? "#bc4c00"
        : span.Scope.StartsWith("Azure.", StringComparison.Ordinal) ? "#0969da"
        : "#1a7f37";

    private static double Milliseconds(ulong from, ulong to) => ((double)to - from) / 1e6;
}
