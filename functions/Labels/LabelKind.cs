namespace Serverless.Labels;

/// <summary>What a label says of a picture.</summary>
internal enum LabelKind
{
    /// <summary>How it was made: a photograph, a drawing, a document. A picture has one, or none that is sure.</summary>
    Style,

    /// <summary>What it shows: things and scenes. A picture has any number.</summary>
    Objects,
}
