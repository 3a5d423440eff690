using System.Globalization;
using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Geometry;
using UglyToad.PdfPig.Graphics;
using UglyToad.PdfPig.Graphics.Colors;
using UglyToad.PdfPig.Graphics.Core;
using UglyToad.PdfPig.Graphics.Operations;
using UglyToad.PdfPig.Parser;
using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;

namespace Serverless.Imaging.Vector;

/// <summary>Where a page's contents are.</summary>
internal sealed record PdfPageSource(
    int Number,
    IResourceStore Resources,
    IPdfTokenScanner Scanner,
    IPageContentParser Parser,
    ILookupFilterProvider Filters,
    ParsingOptions Options
);

/// <summary>Where the page's contents appear.</summary>
internal sealed record PdfPagePlace(
    PdfRectangle Visible,
    CropBox Crop,
    UserSpaceUnit Unit,
    PageRotationDegrees Rotation,
    TransformationMatrix Initial
);

/// <summary>Carries out a page's operations on an <see cref="SvgCanvas"/>.</summary>
internal sealed partial class PdfPainter : BaseStreamProcessor<PdfPageDrawing>
{
    private const int MostOperations = 20_000_000;

    private readonly PdfRectangle visible;
    private readonly SvgCanvas canvas;
    private readonly HashSet<string> notDrawn = [];
    private readonly StringBuilder path = new();
    private readonly Stack<SvgClip> clips = new();
    private (double Left, double Top, double Right, double Bottom)? pathBox;
    private int subpaths;
    private long work;

    public PdfPainter(PdfPageSource source, PdfPagePlace place)
        : base(
            source.Number,
            source.Resources,
            source.Scanner,
            source.Parser,
            source.Filters,
            place.Crop,
            place.Unit,
            place.Rotation,
            place.Initial,
            source.Options
        )
    {
        visible = place.Visible;
        canvas = new SvgCanvas(visible.Width, visible.Height);
        clips.Push(canvas.Whole);
    }

    /// <summary>Notes what is not drawn.</summary>
    public void Miss(string what) => notDrawn.Add(what);

    public override PdfPageDrawing Process(int pageNumberCurrent, IReadOnlyList<IGraphicsStateOperation> operations)
    {
        CloneAllStates();
        ProcessOperations(operations);
        return new PdfPageDrawing(canvas, text.ToString(), notDrawn);
    }

    public override void PushState()
    {
        base.PushState();
        clips.Push(clips.Peek());
    }

    public override void PopState()
    {
        base.PopState();
        if (clips.Count > 1)
        {
            clips.Pop();
        }
    }

    public override void SetNamedGraphicsState(NameToken stateName)
    {
        base.SetNamedGraphicsState(stateName);
        var state = GetCurrentState();
        if (state.SoftMask is not null)
        {
            Miss("soft masks");
        }

        if (state.BlendMode != BlendMode.Normal)
        {
            Miss("blend modes");
        }
    }

    protected override void ProcessFormXObject(StreamToken formStream, NameToken xObjectName)
    {
        if (GetCurrentState().AlphaConstantNonStroking < 1 && formStream.StreamDictionary.ContainsKey(NameToken.Group))
        {
            Miss("groups that can be seen through");
        }

        base.ProcessFormXObject(formStream, xObjectName);
    }

    public override void BeginSubpath() { }

    public override PdfPoint? CloseSubpath()
    {
        if (path.Length > 0)
        {
            path.Append('Z');
        }

        return null;
    }

    public override void MoveTo(double x, double y)
    {
        subpaths++;
        pathBox = null;
        Add('M', x, y);
    }

    public override void LineTo(double x, double y) => Add(path.Length == 0 ? 'M' : 'L', x, y);

    /// <summary>The first control point is where the path is.</summary>
    public override void BezierCurveTo(double x2, double y2, double x3, double y3)
    {
        if (path.Length > 0)
        {
            var (x1, y1) = current;
            Add('C', x1, y1);
            Add(' ', x2, y2);
            Add(' ', x3, y3);
        }
    }

    public override void BezierCurveTo(double x1, double y1, double x2, double y2, double x3, double y3)
    {
        if (path.Length > 0)
        {
            Add('C', x1, y1);
            Add(' ', x2, y2);
            Add(' ', x3, y3);
        }
    }

    public override void Rectangle(double x, double y, double width, double height)
    {
        MoveTo(x, y);
        LineTo(x + width, y);
        LineTo(x + width, y + height);
        LineTo(x, y + height);
        CloseSubpath();
        var (a, b) = (Place(CurrentTransformationMatrix, x, y), Place(CurrentTransformationMatrix, x + width, y + height));
        var isUpright = CurrentTransformationMatrix is { B: 0, C: 0 } or { A: 0, D: 0 };
        pathBox = isUpright && subpaths == 1 ? (Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.X, b.X), Math.Max(a.Y, b.Y)) : null;
    }

    public override void ClosePath() { }

    public override void EndPath()
    {
        path.Clear();
        (pathBox, subpaths) = (null, 0);
    }

    public override void StrokePath(bool close) => Paint(null, close, isStroked: true);

    public override void FillPath(FillingRule fillingRule, bool close) => Paint(fillingRule, close, isStroked: false);

    public override void FillStrokePath(FillingRule fillingRule, bool close) => Paint(fillingRule, close, isStroked: true);

    public override void ModifyClippingIntersect(FillingRule clippingRule)
    {
        if (path.Length > 0)
        {
            clips.Push(canvas.Clip(clips.Pop(), path.ToString(), clippingRule == FillingRule.EvenOdd, pathBox));
        }
    }

    protected override void ClipToRectangle(PdfRectangle rectangle, FillingRule clippingRule)
    {
        PdfPoint[] corners = [rectangle.BottomLeft, rectangle.BottomRight, rectangle.TopRight, rectangle.TopLeft];
        var points = corners.Select(corner => Place(CurrentTransformationMatrix, corner.X, corner.Y)).ToArray();
        var data = new StringBuilder();
        foreach (var (x, y) in points)
        {
            data.Append(CultureInfo.InvariantCulture, $"{(data.Length == 0 ? 'M' : 'L')}{x:0.###} {y:0.###}");
        }

        var isUpright =
            (points[0].X == points[3].X && points[0].Y == points[1].Y) || (points[0].Y == points[3].Y && points[0].X == points[1].X);
        (double, double, double, double)? box = isUpright
            ? (points.Min(p => p.X), points.Min(p => p.Y), points.Max(p => p.X), points.Max(p => p.Y))
            : null;
        clips.Push(canvas.Clip(clips.Pop(), data.Append('Z').ToString(), isEvenOdd: false, box));
    }

    public override void BeginMarkedContent(NameToken name, NameToken? propertyDictionaryName, DictionaryToken? properties) { }

    public override void EndMarkedContent() { }

    public override void PaintShading(NameToken shadingName) => Miss("shadings");

    private (double X, double Y) current;

    private void Add(char command, double x, double y)
    {
        Work(1);
        current = (x, y);
        var (left, top) = Place(CurrentTransformationMatrix, x, y);
        path.Append(CultureInfo.InvariantCulture, $"{command}{left:0.###} {top:0.###}");
    }

    private (double X, double Y) Place(in TransformationMatrix matrix, double x, double y)
    {
        var (px, py) = matrix.Transform(x, y);
        return (Bounded(px - visible.Left), Bounded(visible.Top - py));
    }

    /// <summary>Far outside is far enough outside; renderers count in 24 bits.</summary>
    private static double Bounded(double coordinate) => double.IsNaN(coordinate) ? 0 : Math.Clamp(coordinate, -1e6, 1e6);

    private void Work(int amount)
    {
        work += amount;
        if (work > MostOperations)
        {
            throw new UnsupportedImageException("The page has more paths than any drawing needs: save it again, or as an image.");
        }
    }
}
