using Serverless.Drawings;
using Serverless.Imaging;

namespace Bench.Drawings.Sheets;

/// <summary>Something on a sheet, and the box around it in fractions of the sheet.</summary>
internal readonly record struct Content(Symbol Symbol, Region Box);

internal sealed record Sheet(Pixels Pixels, IReadOnlyList<Content> Contents);
