using Serverless.Settings;

namespace Serverless.Access;

/// <summary>Assigns roles. With nothing set, every caller that the Functions host admits may do everything.</summary>
[SettingsSection(Section)]
internal sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>The value of the host key for the role search.</summary>
    public string? SearchKey { get; set; }

    /// <summary>The value of the host key for the role operate.</summary>
    public string? OperateKey { get; set; }

    /// <summary>The value of the host key for the role delete.</summary>
    public string? DeleteKey { get; set; }

    /// <summary>
    /// Takes roles from tokens verified by App Service authentication: Images.Search, Images.Operate, Images.Delete. Default
    /// false.
    /// </summary>
    public bool AppRoles { get; set; }

    public bool HasKeys => Keys.Any();

    public bool IsOn => AppRoles || HasKeys;

    public IEnumerable<(Role Role, string Key)> Keys
    {
        get
        {
            foreach (var (role, key) in new[] { (Role.Search, SearchKey), (Role.Operate, OperateKey), (Role.Delete, DeleteKey) })
            {
                if (!string.IsNullOrEmpty(key))
                {
                    yield return (role, key);
                }
            }
        }
    }
}
