using Azure.Data.Tables;

namespace Serverless.Storage;

/// <summary>
/// Reads the columns of an untrusted row. An invalid column reads as its default, and <see cref="Fault"/> describes the first one.
/// </summary>
internal sealed class Columns(TableEntity row)
{
    /// <summary>The first fault in words; null if there is none.</summary>
    public string? Fault { get; private set; }

    public string? Text(string name) => Read<string>(name);

    public string Required(string name)
    {
        var text = Text(name);
        if (text is null)
        {
            Fail($"The column {name} is missing.");
        }

        return text ?? "";
    }

    public int Int32(string name) => Value<int>(name) ?? 0;

    public long Int64(string name) => Value<long>(name) ?? 0;

    /// <summary>A non-negative number; 0 if absent.</summary>
    public long Count(string name)
    {
        var count = row.TryGetValue(name, out var value) && value is int small ? small : Int64(name);
        Require(count >= 0, $"The column {name} is negative.");
        return Math.Max(count, 0);
    }

    /// <summary>A number from 0 to 2,147,483,647; 0 if absent.</summary>
    public int SmallCount(string name)
    {
        var count = Count(name);
        Require(count <= int.MaxValue, $"The column {name} is too large.");
        return count <= int.MaxValue ? (int)count : 0;
    }

    public double? Number(string name)
    {
        var number = Value<double>(name);
        Require(number is null || double.IsFinite(number.Value), $"The column {name} is not a number.");
        return number is { } finite && double.IsFinite(finite) ? number : null;
    }

    public bool Flag(string name) => Value<bool>(name) ?? false;

    public DateTimeOffset? Time(string name) =>
        row.TryGetValue(name, out var value) && value is DateTime utc
            ? new DateTimeOffset(utc.ToUniversalTime())
            : Value<DateTimeOffset>(name);

    public byte[]? Bytes(string name) =>
        row.TryGetValue(name, out var value) && value is BinaryData data ? data.ToArray() : Read<byte[]>(name);

    public T Chosen<T>(string name)
        where T : struct, Enum
    {
        var member = Choice<T>(name);
        Require(member is not null, $"The column {name} is missing.");
        return member ?? default;
    }

    /// <summary>An enum member by name, or null.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Enum.TryParse<T>(text, out var member) && member.ToString() == text)
        {
            return member;
        }

        Fail($"The column {name} is '{(text.Length <= 40 ? text : text[..40])}', which is not a valid {typeof(T).Name}.");
        return null;
    }

    public void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            Fail(otherwise);
        }
    }

    private void Fail(string reason) => Fault ??= reason;

    private T? Value<T>(string name)
        where T : struct =>
        Stored(name) switch
        {
            null => null,
            T right => right,
            var other => WrongType<T?>(name, other),
        };

    private T? Read<T>(string name)
        where T : class =>
        Stored(name) switch
        {
            null => null,
            T right => right,
            var other => WrongType<T?>(name, other),
        };

    private object? Stored(string name) => row.TryGetValue(name, out var value) ? value : null;

    private T? WrongType<T>(string name, object value)
    {
        Fail($"The column {name} has the type {value.GetType().Name}.");
        return default;
    }
}
