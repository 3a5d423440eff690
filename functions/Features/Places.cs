namespace Serverless.Features;

/// <summary>Parts of a picture. The numbers are stored: they do not change.</summary>
[Flags]
internal enum Places
{
    None = 0,
    Left = 1,
    Right = 2,
    Top = 4,
    Bottom = 8,
    Center = 16,
}
