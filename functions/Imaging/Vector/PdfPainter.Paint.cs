using System.Globalization;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Graphics;
using UglyToad.PdfPig.Graphics.Colors;
using UglyToad.PdfPig.Graphics.Core;

namespace Serverless.Imaging.Vector;

/// <content>Colours and lines.</content>
internal sealed partial class PdfPainter
{
    /// <summary>In points: a line of width 0 is as thin as the device can draw, which is one pixel at the usual resolution.</summary>
    private const double LeastWidth = 72 / PdfPageShape.UsualDpi;

    private void Paint(FillingRule? rule, bool close, bool isStroked)
    {
        if (close)
        {
            CloseSubpath();
        }

        if (path.Length > 0 && PaintOf(rule is not null, isStroked) is { } paint)
        {
            canvas.Path(path.ToString(), paint with { IsEvenOdd = rule == FillingRule.EvenOdd }, clips.Peek());
        }

        EndPath();
    }

    /// <summary>Null if nothing would be seen.</summary>
    private SvgPaint? PaintOf(bool isFilled, bool isStroked)
    {
        var state = GetCurrentState();
        var paint = new SvgPaint
        {
            Fill = isFilled ? Colour(state.CurrentNonStrokingColor) : null,
            FillOpacity = state.AlphaConstantNonStroking,
            Stroke = isStroked ? Colour(state.CurrentStrokingColor) : null,
            StrokeOpacity = state.AlphaConstantStroking,
        };
        return paint.Fill is null && paint.Stroke is null ? null
            : paint.Stroke is null ? paint
            : paint with { StrokeStyle = StrokeStyle(state) };
    }

    /// <summary>Null for patterns, which are noted.</summary>
    private string? Colour(IColor? colour)
    {
        if (colour is PatternColor pattern)
        {
            Miss(pattern.PatternType == PatternType.Shading ? "shadings" : "patterns");
            return null;
        }

        if (colour is null)
        {
            return "#000";
        }

        var (red, green, blue) = colour.ToRGBValues();
        return string.Create(CultureInfo.InvariantCulture, $"#{Byte(red):x2}{Byte(green):x2}{Byte(blue):x2}");
    }

    private static int Byte(double value) => (int)Math.Round(Math.Clamp(value, 0, 1) * 255);

    private string StrokeStyle(CurrentGraphicsState state)
    {
        var matrix = state.CurrentTransformationMatrix;
        var scale = Math.Sqrt(Math.Abs((matrix.A * matrix.D) - (matrix.B * matrix.C)));
        var width = Math.Max(LeastWidth, state.LineWidth * scale);
        var style = string.Create(CultureInfo.InvariantCulture, $" stroke-width=\"{Math.Min(width, 1e5):0.###}\"");
        style += state.CapStyle switch
        {
            LineCapStyle.Round => " stroke-linecap=\"round\"",
            LineCapStyle.ProjectingSquare => " stroke-linecap=\"square\"",
            _ => "",
        };
        style += state.JoinStyle switch
        {
            LineJoinStyle.Round => " stroke-linejoin=\"round\"",
            LineJoinStyle.Bevel => " stroke-linejoin=\"bevel\"",
            _ => string.Create(CultureInfo.InvariantCulture, $" stroke-miterlimit=\"{Math.Max(1, state.MiterLimit):0.###}\""),
        };
        var dashes = state.LineDashPattern.Array;
        if (dashes is { Count: > 0 and <= 64 } && dashes.Sum(Math.Abs) * scale > LeastWidth)
        {
            var lengths = dashes.Select(dash => (Math.Abs(dash) * scale).ToString("0.###", CultureInfo.InvariantCulture));
            style += string.Create(
                CultureInfo.InvariantCulture,
                $" stroke-dasharray=\"{string.Join(' ', lengths)}\" stroke-dashoffset=\"{state.LineDashPattern.Phase * scale:0.###}\""
            );
        }

        return style;
    }
}
