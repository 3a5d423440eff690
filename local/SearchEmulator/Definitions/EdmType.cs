namespace SearchEmulator.Definitions;

internal enum EdmKind
{
    String,
    Int32,
    Int64,
    Double,
    Boolean,
    DateTimeOffset,
    GeographyPoint,
    ComplexType,
    Single,
    Half,
    Int16,
    SByte,
    Byte,
}

internal readonly record struct EdmType(EdmKind Kind, bool IsCollection)
{
    public bool IsComplex => Kind == EdmKind.ComplexType;

    /// <summary>The kinds from Single on exist only as the elements of a vector.</summary>
    public bool IsVector => IsCollection && Kind >= EdmKind.Single;

    public bool IsNumber => !IsCollection && Kind is EdmKind.Int32 or EdmKind.Int64 or EdmKind.Double;

    public EdmType Element => new(Kind, false);

    public static bool TryParse(string text, out EdmType type)
    {
        const string collection = "Collection(";
        type = default;
        var isCollection = text.StartsWith(collection, StringComparison.Ordinal) && text.EndsWith(')');
        var name = isCollection ? text[collection.Length..^1] : text;
        if (
            !name.StartsWith("Edm.", StringComparison.Ordinal)
            || !Enum.TryParse<EdmKind>(name[4..], ignoreCase: false, out var kind)
            || int.TryParse(name[4..], out _)
            || (kind >= EdmKind.Single && !isCollection)
        )
        {
            return false;
        }

        type = new EdmType(kind, isCollection);
        return true;
    }

    public override string ToString() => IsCollection ? $"Collection(Edm.{Kind})" : $"Edm.{Kind}";
}
