namespace Serverless.Access;

/// <summary>What a caller may do. Each includes those before it.</summary>
internal enum Role
{
    None,

    /// <summary>Sees and finds; changes nothing.</summary>
    Search,

    /// <summary>Uploads, restores, labels, starts and stops long work. What it removes can be brought back.</summary>
    Operate,

    /// <summary>Deletes for good.</summary>
    Delete,
}
