namespace Serverless.Access;

/// <summary>A caller's permissions. Each role includes those before it.</summary>
internal enum Role
{
    None,

    /// <summary>Reads and searches; changes nothing.</summary>
    Search,

    /// <summary>Uploads, restores, labels, and starts and stops jobs. Its changes can be undone.</summary>
    Operate,

    /// <summary>Deletes permanently.</summary>
    Delete,
}
