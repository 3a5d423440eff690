using Serverless.Settings;

namespace Serverless.Access;

/// <summary>Who has which role. With nothing set, whoever the Functions host lets in may do everything.</summary>
[SettingsSection(Section)]
internal sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>The value of the host key that may search only.</summary>
    public string? SearchKey { get; set; }

    /// <summary>The value of the host key that may operate as well.</summary>
    public string? OperateKey { get; set; }

    /// <summary>The value of the host key that may delete for good as well.</summary>
    public string? DeleteKey { get; set; }

    /// <summary>
    /// Takes roles from the tokens that App Service authentication has checked: Images.Search, Images.Operate, Images.Delete. Default
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
