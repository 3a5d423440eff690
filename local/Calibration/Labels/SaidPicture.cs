namespace Local.Calibration.Labels;

/// <summary>A picture of the user and what he says of it: tags, keywords of the file, names of its folders.</summary>
internal sealed record SaidPicture(IReadOnlyList<string> Said, ReadOnlyMemory<float> Vector);
