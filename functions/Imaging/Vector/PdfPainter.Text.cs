using System.Globalization;
using System.Text;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Graphics;
using UglyToad.PdfPig.PdfFonts;

namespace Serverless.Imaging.Vector;

/// <content>Text: by its font's outlines, else by strokes.</content>
internal sealed partial class PdfPainter
{
    private const int MostGlyphPrograms = 4;

    /// <summary>A gap between two glyphs wider than this share of the size is a space between words.</summary>
    private const double Gap = 0.2;

    /// <summary>Letters joined into one, from U+FB00.</summary>
    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

    private readonly StringBuilder text = new();
    private PdfPoint? textEnd;
    private int glyphPrograms;

    public override void RenderGlyph(
        IFont font,
        CurrentGraphicsState currentState,
        double fontSize,
        double pointSize,
        int code,
        string unicode,
        long currentOffset,
        in TransformationMatrix renderingMatrix,
        in TransformationMatrix textMatrix,
        in TransformationMatrix transformationMatrix,
        CharacterBoundingBox characterBoundingBox
    )
    {
        Work(10);
        var matrix = renderingMatrix.Multiply(textMatrix).Multiply(transformationMatrix);
        Hear(unicode, matrix, characterBoundingBox.Width);
        var mode = currentState.FontState.TextRenderingMode;
        if (mode >= TextRenderingMode.FillClip)
        {
            Miss("text that cuts out what is behind it");
        }

        var isFilled = mode is TextRenderingMode.Fill or TextRenderingMode.FillThenStroke or TextRenderingMode.FillClip;
        var isStroked = mode is TextRenderingMode.Stroke or TextRenderingMode.FillThenStroke or TextRenderingMode.StrokeClip;
        if (!isFilled && !isStroked && mode != TextRenderingMode.FillThenStrokeClip)
        {
            return;
        }

        if (font is IType3Font programs)
        {
            Program(programs, code, matrix);
        }
        else if (PaintOf(isFilled || !isStroked, isStroked) is { } paint)
        {
            Glyph(Outlines(font, code), unicode, matrix, characterBoundingBox.Width, paint with { IsText = true });
        }
    }

    private static IReadOnlyList<PdfSubpath> Outlines(IFont font, int code) =>
        font.TryGetNormalisedPath(code, out var outlines) && outlines is not null ? outlines : [];

    private void Glyph(IReadOnlyList<PdfSubpath> outlines, string unicode, in TransformationMatrix matrix, double width, SvgPaint paint)
    {
        if (outlines.Count > 0)
        {
            canvas.Path(Outline(outlines, matrix), paint, clips.Peek());
            return;
        }

        if (string.IsNullOrWhiteSpace(unicode) || unicode.All(char.IsControl))
        {
            return;
        }

        Miss("fonts that are not in the file");
        var data = new StringBuilder();
        foreach (var (x, y, isStart) in StrokeFont.Strokes(unicode, width))
        {
            var (left, top) = Place(matrix, x, y);
            data.Append(CultureInfo.InvariantCulture, $"{(isStart ? 'M' : 'L')}{left:0.###} {top:0.###}");
        }

        var size = Math.Sqrt(Math.Abs((matrix.A * matrix.D) - (matrix.B * matrix.C)));
        var line = Math.Max(LeastWidth, size * StrokeFont.LineWidth);
        canvas.Path(
            data.ToString(),
            new SvgPaint
            {
                Stroke = paint.Fill ?? paint.Stroke,
                StrokeOpacity = paint.FillOpacity,
                StrokeStyle = string.Create(CultureInfo.InvariantCulture, $" stroke-width=\"{line:0.###}\" stroke-linecap=\"round\""),
            },
            clips.Peek()
        );
    }

    /// <summary>A glyph that is a drawing of its own.</summary>
    private void Program(IType3Font font, int code, in TransformationMatrix matrix)
    {
        if (glyphPrograms >= MostGlyphPrograms || !font.TryGetCharProc(code, out var stream))
        {
            return;
        }

        glyphPrograms++;
        PushState();
        var hasResources = font.Type3Resources is not null;
        if (hasResources)
        {
            ResourceStore.LoadResourceDictionary(font.Type3Resources!);
        }

        try
        {
            var state = GetCurrentState();
            state.CurrentTransformationMatrix = font.GetFontMatrix().Multiply(matrix);
            EndPath();
            ProcessOperations(GetFormOperations(stream));
        }
        finally
        {
            if (hasResources)
            {
                ResourceStore.UnloadResourceDictionary();
            }

            PopState();
            glyphPrograms--;
        }
    }

    private string Outline(IReadOnlyList<PdfSubpath> outlines, in TransformationMatrix matrix)
    {
        var data = new StringBuilder();
        foreach (var outline in outlines)
        {
            foreach (var command in outline.Commands)
            {
                Work(1);
                switch (command)
                {
                    case PdfSubpath.Move move:
                        Point('M', move.Location, matrix);
                        break;
                    case PdfSubpath.Line line:
                        Point('L', line.To, matrix);
                        break;
                    case PdfSubpath.CubicBezierCurve cubic:
                        Point('C', cubic.FirstControlPoint, matrix);
                        Point(' ', cubic.SecondControlPoint, matrix);
                        Point(' ', cubic.EndPoint, matrix);
                        break;
                    case PdfSubpath.QuadraticBezierCurve quadratic:
                        Point('Q', quadratic.ControlPoint, matrix);
                        Point(' ', quadratic.EndPoint, matrix);
                        break;
                    case PdfSubpath.Close:
                        data.Append('Z');
                        break;
                }
            }
        }

        return data.ToString();

        void Point(char command, PdfPoint point, in TransformationMatrix matrix)
        {
            var (left, top) = Place(matrix, point.X, point.Y);
            data.Append(CultureInfo.InvariantCulture, $"{command}{left:0.###} {top:0.###}");
        }
    }

    /// <summary>Adds to the text of the page, with a space where the glyphs leave one, and a line where the next is elsewhere.</summary>
    private void Hear(string unicode, in TransformationMatrix matrix, double width)
    {
        if (string.IsNullOrEmpty(unicode) || text.Length + unicode.Length + 1 > DocumentFacts.MostPageText)
        {
            return;
        }

        var start = matrix.Transform(new PdfPoint(0, 0));
        var size = Math.Sqrt(Math.Abs((matrix.A * matrix.D) - (matrix.B * matrix.C)));
        if (textEnd is { } end)
        {
            var (dx, dy) = (start.X - end.X, start.Y - end.Y);
            var distance = Math.Sqrt((dx * dx) + (dy * dy));
            if (distance > Gap * size && text.Length > 0 && !char.IsWhiteSpace(text[^1]) && !char.IsWhiteSpace(unicode[0]))
            {
                text.Append(distance > 3 * size ? '\n' : ' ');
            }
        }

        text.Append(unicode is [>= '\uFB00' and <= '\uFB06'] ? Ligatures[unicode[0] - '\uFB00'] : unicode);
        textEnd = matrix.Transform(new PdfPoint(width, 0));
    }
}
