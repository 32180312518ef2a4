global using Xunit;
global using static Stepsize.Data.Tests.TestToken;
